/**
 * The heart of the system: a subscription's file for one period becomes its bill, or
 * nothing, or a refusal. No clock, table or network takes part: the same file makes
 * the same bill to the byte, so a preview is this function without the write and a
 * dispute is this function run again.
 */
import { canonicalHash } from '../canonical.ts';
import type { BillingEntity } from '../catalog/billing-entity.ts';
import type { Customer, Person } from '../catalog/customer.ts';
import type { PlanPrice, PlanVersion } from '../catalog/plan.ts';
import { type Decimal, decimal, decimalText, one, subtract, zero } from '../money/decimal.ts';
import type { Currency } from '../money/currency.ts';
import { moneyDecimal, moneyText, roundToMoney, total } from '../money/money.ts';
import { chargesFor, refuseQuantity } from '../pricing/index.ts';
import type { Charge } from '../pricing/pricing-model.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { periodOf, type Subscription } from '../subscriptions/subscription.ts';
import { addDays } from '../time/day.ts';
import type { RatedUsage } from '../usage/rate-usage.ts';
import type { InvoiceBody, InvoiceLine } from './invoice.ts';

/** Raised when the same file would make another bill; frozen into each invoice. */
const ratingEngine = '1';

export interface BillingFile {
  readonly invoice: string;
  readonly subscription: Subscription;
  readonly n: number;
  readonly customer: Customer;
  readonly person: Person;
  readonly issuer: BillingEntity;
  readonly plan: PlanVersion;
  readonly rated: readonly RatedUsage[];
}

/** The bill's body, null where the period comes to nothing, or why it cannot be billed. */
export const decideBill = (file: BillingFile): InvoiceBody | null | Refusal => {
  const { subscription, n, customer, person, issuer, plan, rated } = file;
  const lines: InvoiceLine[] = [];
  for (const price of plan.prices) {
    const priced = linesFor(price, rated, plan.currency);
    if (isRefusal(priced)) return priced;
    lines.push(...priced);
  }
  const sum = total(
    lines.map((line) => line.amount),
    plan.currency,
  );
  if (sum.minor === 0n) return null;
  // What a customer is owed takes a credit note; an invoice below zero could be neither posted nor paid (I14).
  if (sum.minor < 0n) return refuse('negative_total', `The bill comes to ${moneyText(sum)}, less than nothing.`);

  const period = periodOf(subscription, n);
  return {
    invoice: file.invoice,
    customer: customer.id,
    externalId: customer.externalId,
    issuer,
    billTo: { name: person.name, email: person.email, address: person.address },
    currency: plan.currency,
    timezone: customer.timezone,
    plan: { key: plan.plan, version: plan.version, name: plan.name },
    supplyFromOn: period.fromOn,
    supplyUntilOn: period.untilOn,
    supplyFrom: period.from,
    supplyUntil: period.until,
    lines,
    subtotal: sum,
    taxes: [],
    total: sum,
    taxPointOn: addDays(period.untilOn, -1),
    precedingDocuments: [],
    purchaseOrder: null,
    ratingEngine,
    inputHash: inputHash(file),
  };
};

/**
 * Of everything that decides the bill, and nothing else: how a customer pays, or how far
 * the subscription has come since, makes no other bill.
 */
const inputHash = ({ subscription, customer, ...file }: BillingFile): string => {
  const { id, plan, planVersion, anchorOn, timezone } = subscription;
  const { payment: _, ...billed } = customer;
  return canonicalHash({
    ...file,
    customer: billed,
    subscription: { id, plan, planVersion, anchorOn, timezone },
    ratingEngine,
  });
};

const linesFor = (
  price: PlanPrice,
  rated: readonly RatedUsage[],
  currency: Currency,
): readonly InvoiceLine[] | Refusal => {
  const usage = rated.find(({ meter }) => meter === price.meter);
  const quantity = quantityOf(price, usage);
  const refused = refuseQuantity(price.price, quantity);
  if (refused !== undefined) return { ...refused, because: `${price.name}: ${refused.because}` };
  return chargesFor(price.price, quantity).map((charge) => lineOf(price, charge, currency, usage));
};

const quantityOf = (price: PlanPrice, usage: RatedUsage | undefined): Decimal => {
  if (price.kind === 'fixed') return one;
  return usage === undefined ? zero : decimal(usage.quantity);
};

const lineOf = (price: PlanPrice, charge: Charge, currency: Currency, usage: RatedUsage | undefined): InvoiceLine => {
  const amount = roundToMoney(charge.amount, currency, price.rounding);
  return {
    price: price.key,
    name: charge.part === '' ? price.name : `${price.name}, ${charge.part}`,
    kind: price.kind,
    quantity: decimalText(charge.quantity),
    unit: charge.kind === 'usage' ? price.unit : '',
    unitPrice: decimalText(charge.unitPrice),
    exact: decimalText(charge.amount),
    amount,
    roundingDifference: decimalText(subtract(moneyDecimal(amount), charge.amount)),
    ...(usage === undefined ? {} : { usage: { meter: usage.meter, events: usage.events, digest: usage.digest } }),
  };
};
