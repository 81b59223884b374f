/**
 * Whose the points met in the journal are, and since when, as a scope to judge them in:
 * a billed period is closed, all that came after is open; a time nobody owns the point,
 * which is suspense, or its owner has no subscription that prices usage, is in no window. Unlike a night's scope it ends at no period:
 * what a run will meet next month can be seen today.
 */
import { pricedMeters } from '#domain/catalog/plan.ts';
import { periodOf, type Subscription } from '#domain/subscriptions/subscription.ts';
import { epochMs, type Instant } from '#domain/time/instant.ts';
import { ownerAt } from '#domain/usage/assign-point.ts';
import type { Point } from '#domain/usage/point.ts';
import type { JournalPiece, PointWindow, UsageScope } from '#domain/usage/rate-usage.ts';
import type { Books, UsageLog } from '../../ports.ts';

export interface JournalScope {
  readonly scope: UsageScope;
  /** Who owns the point of this number at that time; null in suspense. */
  readonly ownerOf: (point: number, at: Instant) => string | null;
}

export const journalScope = async (
  books: Books,
  usageLog: UsageLog,
  pieces: readonly JournalPiece[],
): Promise<JournalScope> => {
  const numbers = [...new Set(pieces.flatMap(({ columns }) => [...columns.points]))];
  const subjects = await usageLog.subjectsOf(numbers);
  const known = new Map(
    (await books.getAll('point', [...new Set(subjects.values())])).map(({ key, value }) => [key, value]),
  );
  const subscriptions = await usageSubscriptions(books, [...known.values()]);
  const meters = (await books.list(['meter'], '')).map(({ value }) => value);
  const windows = (number: number): readonly PointWindow[] => {
    const point = known.get(subjects.get(number) ?? '');
    return point === undefined ? [] : windowsOf(point, subscriptions);
  };
  return {
    scope: {
      meters,
      points: new Map(numbers.map((number) => [number, windows(number)])),
      priced: await pricedByCustomer(books, subscriptions),
    },
    ownerOf: (number, at) => {
      const point = known.get(subjects.get(number) ?? '');
      return point === undefined ? null : ownerAt(point, at);
    },
  };
};

/** By customer, the subscription that prices usage. */
const usageSubscriptions = async (
  books: Books,
  points: readonly Point[],
): Promise<ReadonlyMap<string, Subscription>> => {
  const customers = new Set(
    points.flatMap(({ assignments }) => assignments.flatMap(({ customer }) => (customer === null ? [] : [customer]))),
  );
  const accounts = await books.getAll('account', [...customers]);
  const ids = accounts.flatMap(({ value }) => (value.usageSubscription === null ? [] : [value.usageSubscription]));
  return new Map((await books.getAll('subscription', ids)).map(({ value }) => [value.customer, value]));
};

const pricedByCustomer = async (
  books: Books,
  subscriptions: ReadonlyMap<string, Subscription>,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const keyOf = ({ plan, planVersion }: Subscription) => ({ plan, version: planVersion });
  const versions = (await books.getAll('planVersion', [...subscriptions.values()].map(keyOf))).map(
    ({ value }) => value,
  );
  const pricedBy = new Map(versions.map((version) => [`${version.plan} ${version.version}`, pricedMeters(version)]));
  return new Map(
    [...subscriptions].flatMap(([customer, { plan, planVersion }]) => {
      const priced = pricedBy.get(`${plan} ${planVersion}`);
      return priced === undefined ? [] : [[customer, priced] as const];
    }),
  );
};

const windowsOf = ({ assignments }: Point, subscriptions: ReadonlyMap<string, Subscription>): readonly PointWindow[] =>
  assignments.flatMap(({ from, customer, recordedAt }, i): PointWindow[] => {
    if (customer === null) return [];
    const next = assignments[i + 1];
    const owned = {
      fromMs: epochMs(from),
      untilMs: next === undefined ? Infinity : epochMs(next.from),
      target: customer,
    };
    const subscription = subscriptions.get(customer);
    const settled = subscription?.ratedUpTo;
    // A time without a subscription that prices usage is in no window: no run to come would bill it.
    if (subscription === undefined) return [];
    const billedFrom = epochMs(periodOf(subscription, 0).from);
    const begun = { ...owned, fromMs: Math.max(owned.fromMs, billedFrom) };
    if (settled === undefined) return begun.fromMs < begun.untilMs ? [{ ...begun, state: 'open' }] : [];
    const openFrom = epochMs(periodOf(subscription, subscription.currentPeriod).from);
    // A point that was ours only after the last rating had nothing of it settled then.
    const settledUpToMs = recordedAt > settled ? 0 : epochMs(settled);
    return [
      {
        ...begun,
        untilMs: Math.min(owned.untilMs, openFrom),
        state: 'closed' as const,
        settledUpToMs,
      },
      { ...owned, fromMs: Math.max(owned.fromMs, openFrom), state: 'open' as const },
    ].filter(({ fromMs, untilMs }) => fromMs < untilMs);
  });
