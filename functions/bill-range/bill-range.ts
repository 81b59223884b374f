/**
 * Drafts the invoice of each due period of a range from its rated usage, and opens
 * the next period. Each customer is a transaction of their own: the closed period is
 * put if absent, so a period has one invoice however often this runs, and whoever
 * cannot be billed is parked with the reason and stops nobody.
 */
import { assert, present } from '#domain/assert.ts';
import { canonicalHash } from '#domain/canonical.ts';
import { countOutcomes, type DuePeriod, type PeriodOutcome, type RatedPeriods } from '#domain/invoicing/billing-run.ts';
import { decideBill } from '#domain/invoicing/decide-bill.ts';
import type { Invoice, InvoiceBody } from '#domain/invoicing/invoice.ts';
import { isRefusal } from '#domain/refusal.ts';
import { periodOf, type ClosedPeriod, type Subscription } from '#domain/subscriptions/subscription.ts';
import type { Instant } from '#domain/time/instant.ts';
import { seriesReady } from '#events/series-ready.ts';
import { change, create } from '../handle.ts';
import type { Books } from '../ports.ts';
import { invoiceId } from '../records/document-id.ts';
import type { EachStep, ItemOutcome, StepCode } from '../step.ts';

interface Item {
  readonly due: DuePeriod;
  readonly rated: RatedPeriods[string];
  readonly usageUpTo: Instant;
}
type Result = { readonly invoice: string; readonly billingEntity: string } | { readonly nothing: string };

const step: EachStep<'bill-range', Item, Result> = {
  nameOf: ({ due }) => `${due.subscription} period ${String(due.n)}`,

  items: async ({ data }, { books }) => {
    const range = present(await books.get('runRange', data), `range ${String(data.range)} of ${data.run} is open`);
    const run = present(await books.get('run', data.run), `run ${data.run} is open`);
    const rated = present(range.value.rated, 'a range is rated before it is billed');
    const usage = (await books.part(rated.usage)) as RatedPeriods;
    const expected = (await books.part(range.value.expected)) as readonly DuePeriod[];
    return expected.map((due) => ({
      due,
      rated: usage[due.subscription] ?? { events: 0, meters: [] },
      usageUpTo: run.value.usageUpTo,
    }));
  },

  answer: async ({ due, rated, usageUpTo }, { data }, { books, now }) => {
    // In this order: a period closed after the subscription was read is seen here, or the commit finds its version lost.
    const subscription = present(
      await books.get('subscription', due.subscription),
      `subscription ${due.subscription} exists`,
    );
    const closed = await books.get('closedPeriod', due);
    if (closed !== undefined) return { result: await resultOf(books, closed.value) };

    const file = await billingFile(books, subscription.value, due);
    const invoice = invoiceId(due.subscription, due.n);
    const body = decideBill({ ...file, invoice, subscription: subscription.value, n: due.n, rated: rated.meters });
    if (isRefusal(body)) return body;

    const { from, until } = periodOf(subscription.value, due.n);
    const write = [
      create('closedPeriod', {
        subscription: due.subscription,
        n: due.n,
        from,
        until,
        run: data.run,
        invoice: body === null ? null : invoice,
        ratedEvents: rated.events,
      }),
      change(subscription, { ...subscription.value, currentPeriod: due.n + 1, ratedUpTo: usageUpTo }),
    ];
    if (body === null) return { write, result: { nothing: nothingBilled } };
    return {
      stage: [body],
      write: [...write, create('invoice', draftOf(body, due, file.customer.netTermsDays, data.run, now))],
      result: { invoice, billingEntity: file.customer.billingEntity },
    };
  },

  close: async ({ data }, outcomes, { books }) => {
    const range = present(await books.get('runRange', data), `range ${String(data.range)} of ${data.run} is open`);
    const periods = outcomes.map(outcomeOf);
    const billed = { outcomes: canonicalHash(periods), counts: countOutcomes(periods) };
    const entities = [
      ...new Set(periods.flatMap((each) => (each.outcome === 'invoiced' ? [each.billingEntity] : []))),
    ].sort();
    const done = entities.length === 0;
    return {
      stage: [periods],
      write: [change(range, { ...range.value, billed, numbered: range.value.numbered || done })],
      tell: done ? [{ name: 'range.numbered', data }] : entities.map((entity) => seriesReady(data, entity)),
    };
  },
};
export const billRange: StepCode<'bill-range'> = step;

const nothingBilled = 'the period comes to zero';

const billingFile = async (books: Books, subscription: Subscription, due: DuePeriod) => {
  assert(subscription.currentPeriod === due.n, `period ${String(due.n)} of ${due.subscription} is the one now running`);
  const customer = present(await books.get('customer', due.customer), `customer ${due.customer} exists`).value;
  return {
    customer,
    person: present(await books.get('person', due.customer), `customer ${due.customer} has a name`).value,
    issuer: present(
      await books.get('billingEntity', customer.billingEntity),
      `billing entity ${customer.billingEntity} exists`,
    ).value,
    plan: present(
      await books.get('planVersion', versionOf(subscription)),
      `the plan version of ${due.subscription} exists`,
    ).value,
  };
};

const versionOf = ({ plan, planVersion }: Subscription) => ({ plan, version: planVersion });

const draftOf = (
  body: InvoiceBody,
  { customer, subscription, n }: DuePeriod,
  netTermsDays: number,
  run: string,
  now: Instant,
): Invoice => ({
  id: body.invoice,
  customer,
  subscription,
  period: n,
  billingEntity: body.issuer.key,
  run,
  total: body.total,
  body: canonicalHash(body),
  createdAt: now,
  netTermsDays,
  status: { state: 'draft' },
  nextAttemptOn: null,
  attempts: 0,
  openAttempt: null,
});

const resultOf = async (books: Books, { invoice }: ClosedPeriod): Promise<Result> => {
  if (invoice === null) return { nothing: nothingBilled };
  return {
    invoice,
    billingEntity: present(await books.get('invoice', invoice), `invoice ${invoice} exists`).value.billingEntity,
  };
};

const outcomeOf = (outcome: ItemOutcome<Item, Result>): PeriodOutcome => {
  const { due } = outcome.item;
  if (outcome.state !== 'done')
    return { ...due, outcome: outcome.state === 'refused' ? 'failed' : 'parked', because: outcome.because };
  return 'nothing' in outcome.result
    ? { ...due, outcome: 'nothing_to_bill', because: outcome.result.nothing }
    : { ...due, outcome: 'invoiced', ...outcome.result };
};
