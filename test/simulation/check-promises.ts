/**
 * Holds the books against what the outside was told: everybody who signed up or subscribed
 * is there, once and as asked; whose a point is stands; and every subscription has its
 * periods closed up to now, with a bill where its plan has a fee. What is due is worked
 * out of what was asked for, so that books which forgot somebody do not judge themselves.
 */
import type { Snapshot } from '#domain/audit/snapshot.ts';
import { must, type Violation } from '#domain/audit/violation.ts';
import { periodOf } from '#domain/subscriptions/subscription.ts';
import type { Day } from '#domain/time/day.ts';
import { addDaysTo, type Instant } from '#domain/time/instant.ts';
import type { TimeZone } from '#domain/time/zone.ts';
import { ownerAt } from '#domain/usage/assign-point.ts';
import type { Promises, PromisedSubscription } from './outside/promises.ts';

export const checkPromises = (snapshot: Snapshot, told: Promises): readonly Violation[] =>
  [customersAreThere, subscriptionsAreThere, pointsAreTheirs, periodsAreBilled].flatMap((check) =>
    check(snapshot, told),
  );

type PromiseCheck = (snapshot: Snapshot, told: Promises) => readonly Violation[];

const customersAreThere: PromiseCheck = ({ books }, { customers }) => {
  const found = books.customers.map(({ id, externalId }) => `${externalId} as ${id}`).sort();
  const wanted = [...customers.values()].map(({ customer, id }) => `${customer} as ${id}`).sort();
  return must(
    found.join() === wanted.join(),
    'I10',
    `Signed up: ${wanted.join(', ')}; the books have ${found.join(', ')}.`,
  );
};

const subscriptionsAreThere: PromiseCheck = ({ books }, { subscriptions, customers }) => {
  const found = books.subscriptions.map(({ id, customer, plan, anchorOn }) => [id, customer, plan, anchorOn].join(' '));
  const wanted = subscriptions.map(({ id, customer, plan, startsOn }) =>
    [id, customers.get(customer)?.id, plan, startsOn].join(' '),
  );
  const [have, want] = [found.sort().join(', '), wanted.sort().join(', ')];
  return must(have === want, 'I10', `Subscribed: ${want}; the books have ${have}.`);
};

const pointsAreTheirs: PromiseCheck = ({ books }, { assignments, customers }) => {
  const points = new Map(books.points.map((point) => [point.subject, point]));
  return assignments.flatMap(({ subject, customer, from }) => {
    const point = points.get(subject);
    const owner = point === undefined ? null : ownerAt(point, from as Instant);
    return must(
      owner === customers.get(customer)?.id,
      'I10',
      `Point ${subject} is ${customer}'s from ${from} on; the books say ${String(owner)}.`,
      subject,
    );
  });
};

/** A night may be missed, and the one after it catches up. */
const longestWaitDays = 2;

const periodsAreBilled: PromiseCheck = ({ books, takenAt }, told) => {
  const closed = new Map(books.closedPeriods.map((period) => [`${period.subscription} ${String(period.n)}`, period]));
  const issued = new Set(books.invoices.flatMap(({ id, status }) => ('number' in status ? [id] : [])));
  return told.subscriptions.flatMap((subscription) => {
    const hasFee = told.plans.get(subscription.plan)?.prices.some(({ kind }) => kind === 'fixed') === true;
    return periodsUntil(subscription, told, addDaysTo(takenAt, -longestWaitDays)).flatMap((until, n) => {
      const period = closed.get(`${subscription.id} ${String(n)}`);
      const isBilled = period !== undefined && (period.invoice === null ? !hasFee : issued.has(period.invoice));
      return must(
        isBilled,
        'I10',
        `Period ${String(n)} of ${subscription.customer} ended ${until} and is ${period === undefined ? 'not closed' : 'closed without the bill that is due'}.`,
        subscription.id,
      );
    });
  });
};

/** The ends of the periods that are over by then, the first one first. */
const periodsUntil = (
  { customer, startsOn }: PromisedSubscription,
  { customers }: Promises,
  by: Instant,
): readonly Instant[] => {
  const timezone = customers.get(customer)?.body.timezone as TimeZone;
  const ends: Instant[] = [];
  for (let n = 0; ; n += 1) {
    const { until } = periodOf({ anchorOn: startsOn as Day, timezone }, n);
    if (until > by) return ends;
    ends.push(until);
  }
};
