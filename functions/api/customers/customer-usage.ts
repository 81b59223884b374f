/**
 * What a customer has used so far in the period now running, and the lines its bill
 * would have if the period ended now: rated by the night's own code and priced by the
 * bill's own decision, so the preview is the bill, stopped before it is written (I19).
 * It reads the journal of the period, which costs about two read units per 500 events
 * of all customers; a bill never reads what is said here.
 */
import * as z from 'zod';
import { present } from '#domain/assert.ts';
import { decideBill } from '#domain/invoicing/decide-bill.ts';
import { nothing } from '#domain/money/money.ts';
import { isRefusal } from '#domain/refusal.ts';
import { periodOf, type Subscription } from '#domain/subscriptions/subscription.ts';
import type { Quarantined, RatedUsage } from '#domain/usage/rate-usage.ts';
import { customerUsageView } from '#events/api/customer-usage.ts';
import { customerName } from '#events/api/texts.ts';
import type { Handle } from '../../handle.ts';
import type { Books } from '../../ports.ts';
import { rate, usageFiles } from '../../rate-range/rate-range.ts';
import { invoiceId } from '../../records/document-id.ts';
import { absent } from '../absent.ts';
import { moneyView } from '../invoices/invoice-views.ts';
import { operation } from '../operation.ts';
import { findCustomer } from './find-customer.ts';

type UsageView = z.input<typeof customerUsageView>;

export const readCustomerUsage = operation({
  params: z.strictObject({ id: customerName }),
  answers: customerUsageView,
  successes: [200],
  handle: async ({ params }, { books, usageLog, now }) => {
    const customer = await findCustomer(books, params.id);
    if (customer === undefined) return absent;
    const { id } = customer.value;
    const account = present(await books.get('account', id), `customer ${id} has an account`).value;
    const none: UsageView = {
      customer: id,
      subscription: null,
      plan: null,
      period: null,
      asOf: now,
      meters: [],
      setAside: [],
      lines: [],
      total: moneyView(nothing(account.currency)),
    };
    if (account.usageSubscription === null) return { status: 200, body: none };
    const subscription = present(
      await books.get('subscription', account.usageSubscription),
      `${account.usageSubscription} exists`,
    ).value;
    const n = subscription.currentPeriod;
    const files = await usageFiles(books, [{ customer: id, subscription: subscription.id, n }], now);
    const { rated, quarantined } = await rate(books, usageLog, files, now);
    return {
      status: 200,
      body: {
        ...none,
        subscription: subscription.id,
        plan: { key: subscription.plan, version: subscription.planVersion },
        period: { n, ...periodOf(subscription, n) },
        setAside: setAsideIn(quarantined),
        ...(await priced(books, customer, subscription, rated)),
      },
    };
  },
});

const setAsideIn = (quarantined: readonly Quarantined[]): UsageView['setAside'] =>
  [...Map.groupBy(quarantined, ({ reason }) => reason)]
    .map(([reason, all]) => ({ reason, events: all.reduce((sum, { events }) => sum + events.length, 0) }))
    .sort((a, b) => (a.reason < b.reason ? -1 : 1));

const priced = async (
  books: Books,
  { key: id, value: customer }: Handle<'customer'>,
  subscription: Subscription,
  rated: readonly RatedUsage[],
): Promise<Partial<UsageView>> => {
  const { currentPeriod: n } = subscription;
  const version = { plan: subscription.plan, version: subscription.planVersion };
  const plan = present(await books.get('planVersion', version), `the plan version of ${subscription.id} exists`).value;
  const bill = decideBill({
    invoice: invoiceId(subscription.id, n),
    subscription,
    n,
    customer,
    person: present(await books.get('person', id), `customer ${id} has a name`).value,
    issuer: present(
      await books.get('billingEntity', customer.billingEntity),
      `billing entity ${customer.billingEntity} exists`,
    ).value,
    plan,
    rated,
  });
  const unitOf = (meter: string): string => plan.prices.find((price) => price.meter === meter)?.unit ?? '';
  const meters = rated.map(({ meter, quantity, events }) => ({ meter, unit: unitOf(meter), quantity, events }));
  if (isRefusal(bill)) return { meters, because: bill.because };
  if (bill === null) return { meters };
  return {
    meters,
    lines: bill.lines.map(({ price, name, quantity, unit, unitPrice, amount }) => ({
      price,
      name,
      quantity,
      unit,
      unitPrice,
      amount: moneyView(amount),
    })),
    total: moneyView(bill.total),
  };
};
