/** Invoices as the API shows them: the head, the lines, and each attempt to collect. */
import type * as z from 'zod';
import type { Invoice, InvoiceBody, InvoiceLine } from '#domain/invoicing/invoice.ts';
import { amountText, type Money } from '#domain/money/money.ts';
import type { Collection } from '#domain/payments/collection.ts';
import type { PaymentAttempt } from '#domain/payments/payment-attempt.ts';
import type { invoiceView as headSchema, invoiceWithLines } from '#events/api/invoices.ts';

export const moneyView = (money: Money) => ({ amount: amountText(money), currency: money.currency });

export const headView = (invoice: Invoice): z.input<typeof headSchema> => {
  const { id, status, customer, subscription, period, billingEntity, run, total, createdAt } = invoice;
  const issued = 'number' in status ? status : undefined;
  return {
    id,
    number: issued?.number ?? null,
    status: status.state,
    customer,
    subscription,
    period,
    billingEntity,
    run,
    total: moneyView(total),
    issuedOn: issued?.issuedOn ?? null,
    dueOn: issued?.dueOn ?? null,
    createdAt,
    finalizedAt: issued?.finalizedAt ?? null,
    paidAt: status.state === 'paid' ? status.paidAt : null,
    voidedAt: status.state === 'void' ? status.voidedAt : null,
  };
};

export const lineView = ({ amount, ...line }: InvoiceLine) => ({ ...line, amount: moneyView(amount) });

export const wholeView = (
  invoice: Invoice,
  body: InvoiceBody,
  attempts: readonly PaymentAttempt[],
  collection: Collection,
): z.input<typeof invoiceWithLines> => {
  const { currency, timezone, issuer, billTo, plan, supplyFromOn, supplyUntilOn, supplyFrom, supplyUntil, taxPointOn } =
    body;
  return {
    ...headView(invoice),
    currency,
    timezone,
    issuer: { ...issuer, addressLines: [...issuer.addressLines] },
    billTo: { ...billTo, address: { ...billTo.address } },
    plan,
    supplyFromOn,
    supplyUntilOn,
    supplyFrom,
    supplyUntil,
    taxPointOn,
    lines: body.lines.map(lineView),
    subtotal: moneyView(body.subtotal),
    payments: attempts.map(attemptView),
    collection,
    netTermsDays: invoice.netTermsDays,
  };
};

const attemptView = ({ n, how, state, amount, claimedAt, changedAt, because }: PaymentAttempt) => ({
  attempt: n,
  how,
  state,
  amount: moneyView(amount),
  claimedAt,
  changedAt,
  ...(because === undefined ? {} : { because }),
});
