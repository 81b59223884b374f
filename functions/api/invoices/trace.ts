/**
 * The trace of an invoice: each line with the price it was made by, the whole
 * quantity its meter read, the arithmetic as a person would write it, and whether
 * rating that quantity by those terms again gives this very line. With the hashes
 * and the ledger page, a bill explains itself down to the events.
 */
import type * as z from 'zod';
import { present } from '#domain/assert.ts';
import type { PlanPrice } from '#domain/catalog/plan.ts';
import type { RatedPeriods } from '#domain/invoicing/billing-run.ts';
import type { Invoice, InvoiceBody, InvoiceLine } from '#domain/invoicing/invoice.ts';
import { type Decimal, decimal, decimalText, one, zero } from '#domain/money/decimal.ts';
import { moneyText } from '#domain/money/money.ts';
import { chargesFor } from '#domain/pricing/index.ts';
import type { Charge } from '#domain/pricing/pricing-model.ts';
import type { RatedUsage } from '#domain/usage/rate-usage.ts';
import type { traceView } from '#events/api/invoices.ts';
import type { Books } from '../../ports.ts';
import { termsOf } from '../plans/plan-prices.ts';
import { lineView, moneyView } from './invoice-views.ts';
import { ledgerTxOf } from './ledger-tx-of.ts';

export const traceOf = async (
  books: Books,
  invoice: Invoice,
  body: InvoiceBody,
): Promise<z.input<typeof traceView>> => {
  const { key, version } = body.plan;
  const plan = present(
    await books.get('planVersion', { plan: key, version }),
    `version ${String(version)} of ${key} exists`,
  ).value;
  const rated = await ratedIn(books, invoice);
  const { status } = invoice;
  return {
    invoice: invoice.id,
    number: ('number' in status ? status.number : undefined) ?? null,
    run: invoice.run,
    plan: { key, version },
    ratingEngine: body.ratingEngine,
    inputHash: body.inputHash,
    bodyHash: invoice.body,
    contentHash: ('contentHash' in status ? status.contentHash : undefined) ?? null,
    ledgerTx: await ledgerTxOf(books, invoice),
    lines: plan.prices.flatMap((price) =>
      traceLines(
        body.lines.filter((line) => line.price === price.key),
        price,
        rated,
      ),
    ),
    subtotal: moneyView(body.subtotal),
    total: moneyView(body.total),
  };
};

/** A price makes one line a charge, in the order of its charges. */
const traceLines = (lines: readonly InvoiceLine[], price: PlanPrice, rated: readonly RatedUsage[]) => {
  const quantity = quantityOf(price, rated);
  const charges = chargesFor(price.price, quantity);
  return lines.map((line, i) =>
    traceLine(line, price, quantity, charges.length === lines.length ? charges[i] : undefined),
  );
};

const traceLine = (line: InvoiceLine, price: PlanPrice, quantity: Decimal, charge: Charge | undefined) => {
  const { rounding = 'half_up' } = price;
  const again = charge && [charge.quantity, charge.unitPrice, charge.amount].map(decimalText).join();
  return {
    ...lineView(line),
    terms: { ...termsOf(price.price) },
    rounding,
    meteredQuantity: price.kind === 'usage' ? decimalText(quantity) : null,
    tier: charge?.tier ?? null,
    arithmetic: `${`${line.quantity} ${line.unit}`.trimEnd()} × ${line.unitPrice} = ${line.exact}, ${rounding} to ${moneyText(line.amount)}`,
    reproduced: again === [line.quantity, line.unitPrice, line.exact].join(),
  };
};

const quantityOf = ({ kind, meter }: PlanPrice, rated: readonly RatedUsage[]): Decimal => {
  if (kind === 'fixed') return one;
  const usage = rated.find((each) => each.meter === meter);
  return usage === undefined ? zero : decimal(usage.quantity);
};

/** What the run rated for the invoice's period, from the one of its ranges that expected it. */
const ratedIn = async (books: Books, { run, subscription }: Invoice): Promise<readonly RatedUsage[]> => {
  for (const { value } of await books.list(['runRange'], { run, range: 0 })) {
    if (value.rated === null) continue;
    const usage = ((await books.part(value.rated.usage)) as RatedPeriods)[subscription];
    if (usage !== undefined) return usage.meters;
  }
  return [];
};
