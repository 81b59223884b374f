/** One night of the sound snapshot: everything due is rated and billed, but for those who are to be parked. */
import { pricedMeters } from '#domain/catalog/plan.ts';
import { present } from '#domain/assert.ts';
import {
  type BillingRun,
  countOutcomes,
  type DuePeriod,
  type PeriodOutcome,
  type RatedPeriods,
} from '#domain/invoicing/billing-run.ts';
import { decideBill } from '#domain/invoicing/decide-bill.ts';
import type { Invoice, InvoiceBody } from '#domain/invoicing/invoice.ts';
import { isRefusal } from '#domain/refusal.ts';
import { periodOf } from '#domain/subscriptions/subscription.ts';
import { day } from '#domain/time/day.ts';
import { addMinutes, epochMs, instant, instantAt } from '#domain/time/instant.ts';
import { packUsage, unpackUsage } from '#domain/usage/packed-usage.ts';
import { rateUsage, type UsageRating } from '#domain/usage/rate-usage.ts';
import { usageScopeOf } from '#functions/rate-range/usage-scope-of.ts';
import { type SoundBooks, stage } from './sound-books.ts';
import {
  arrivals,
  customerOf,
  invoiceOf,
  issuer,
  meters,
  type Name,
  nameOf,
  personOf,
  planOf,
  subjects,
} from './sound-cast.ts';

export const soundNight = (world: SoundBooks, night: string, parked: readonly Name[]): void => {
  const { books } = world;
  const run = runOf(night);
  const due = books.subscriptions
    .filter((each) => periodOf(each, each.currentPeriod).until <= run.dueBy)
    .map(({ customer, id, currentPeriod }): DuePeriod => ({ customer, subscription: id, n: currentPeriod }));
  const rating = rate(world, run);
  const usage: RatedPeriods = Object.fromEntries(
    Object.entries(rating.ratedEvents).map(([target, events]) => [
      target,
      { events, meters: rating.rated.filter((each) => each.target === target) },
    ]),
  );
  const outcomes = due.map((each) =>
    parked.includes(nameOf(each.customer)) ? setAside(each) : bill(world, run, each, usage),
  );
  books.runs.push(run);
  books.ranges.push({
    run: run.id,
    range: 0,
    expected: stage(world, due),
    expectedCount: due.length,
    rated: { usage: stage(world, usage), quarantined: stage(world, shown(rating, run)), counts: countsOf(rating) },
    billed: { outcomes: stage(world, outcomes), counts: countOutcomes(outcomes) },
    numbered: true,
  });
};

const runOf = (night: string): BillingRun => {
  const openedAt = instant(`${night}T01:00:00.000Z`);
  return {
    id: `run_${night}`,
    night: day(night),
    dueBy: instant(`${night}T00:00:00.000Z`),
    usageUpTo: addMinutes(openedAt, -2),
    ranges: 1,
    openedAt,
    closedAt: addMinutes(openedAt, 5),
    givenUp: false,
  };
};

const rate = ({ books }: SoundBooks, { usageUpTo }: BillingRun): UsageRating => {
  const numbers = new Map(subjects.map((subject, number) => [subject, number]));
  const metered = new Set(books.accounts.map(({ usageSubscription }) => usageSubscription));
  const files = books.subscriptions
    .filter(({ id }) => metered.has(id))
    .map((each) => ({
      subscription: each,
      n: each.currentPeriod,
      points: books.points.filter(({ subject }) => subject === nameOf(each.customer)),
      priced: pricedMeters(
        present(
          books.planVersions.find(({ plan, version }) => plan === each.plan && version === each.planVersion),
          each.plan,
        ),
      ),
    }));
  const merge = rateUsage(usageScopeOf(files, meters, numbers), { unassignedListed: 0 });
  for (const { arrivedAt, events } of arrivals) {
    if (arrivedAt > usageUpTo) continue;
    const logged = events.map(({ subject, time, ...event }) => ({
      ...event,
      point: numbers.get(subject) ?? 0,
      timeMs: epochMs(time),
    }));
    const columns = unpackUsage(packUsage(logged));
    if (isRefusal(columns)) throw new Error(columns.because);
    merge.add({ arrivedAtMs: epochMs(arrivedAt), columns });
  }
  return merge.finish();
};

const shown = ({ quarantined }: UsageRating, { id: run }: BillingRun) =>
  quarantined.map(({ reason, events }) => ({
    reason,
    run,
    range: 0,
    settled: [],
    events: events.map(({ point, timeMs, arrivedAtMs, ...event }) => ({
      ...event,
      subject: present(subjects[point], 'a point is a subject'),
      time: instantAt(timeMs),
      arrivedAt: instantAt(arrivedAtMs),
    })),
  }));

const countsOf = ({ counts }: UsageRating) => ({
  distinct: counts.distinct,
  repeats: counts.repeats,
  rated: counts.rated,
  settled: counts.settled,
  quarantined: counts.late + counts.conflicts + counts.unknownMeter + counts.badQuantity,
  notDue: counts.unassigned,
});

const setAside = (due: DuePeriod): PeriodOutcome => ({
  ...due,
  outcome: 'parked',
  because: 'Bug: the customer has a name',
});

const bill = (world: SoundBooks, run: BillingRun, due: DuePeriod, usage: RatedPeriods): PeriodOutcome => {
  const { books } = world;
  const name = nameOf(due.customer);
  const place = books.subscriptions.findIndex(({ id }) => id === due.subscription);
  const subscription = present(books.subscriptions[place], `${due.subscription} is there`);
  const invoice = invoiceOf(name, due.n);
  const { meters: rated, events } = usage[due.subscription] ?? { meters: [], events: 0 };
  const body = decideBill({
    invoice,
    subscription,
    n: due.n,
    customer: customerOf(name),
    person: personOf(name),
    issuer,
    plan: planOf[name],
    rated,
  });
  if (isRefusal(body)) throw new Error(body.because);
  const { from, until } = periodOf(subscription, due.n);
  const billedBy = body === null ? null : invoice;
  books.subscriptions[place] = { ...subscription, currentPeriod: due.n + 1, ratedUpTo: run.usageUpTo };
  books.closedPeriods.push({
    subscription: due.subscription,
    n: due.n,
    from,
    until,
    run: run.id,
    invoice: billedBy,
    ratedEvents: events,
  });
  if (body === null) return { ...due, outcome: 'nothing_to_bill', because: 'the period comes to zero' };
  books.invoices.push(draftOf(body, due, stage(world, body), run));
  return { ...due, outcome: 'invoiced', invoice, billingEntity: issuer.key };
};

const draftOf = (
  body: InvoiceBody,
  { customer, subscription, n }: DuePeriod,
  hash: string,
  run: BillingRun,
): Invoice => ({
  id: body.invoice,
  customer,
  subscription,
  period: n,
  billingEntity: issuer.key,
  run: run.id,
  total: body.total,
  body: hash,
  createdAt: run.openedAt,
  netTermsDays: 14,
  status: { state: 'draft' },
  nextAttemptOn: null,
  attempts: 0,
  openAttempt: null,
});
