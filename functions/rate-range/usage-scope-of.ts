/**
 * What a rating of usage has to look at for some due periods: whose point is whose,
 * when, and from which arrival on the journal is to be read. The period being billed
 * is open; those before it are closed, and what arrives for them now is late.
 */
import { periodOf, type Subscription } from '#domain/subscriptions/subscription.ts';
import { addDaysTo, epochMs, type Instant } from '#domain/time/instant.ts';
import type { Meter } from '#domain/usage/meter.ts';
import type { Point } from '#domain/usage/point.ts';
import { eventWindow } from '#domain/usage/usage-event.ts';
import type { PointWindow, UsageScope } from '#domain/usage/usage-scope.ts';

export interface UsageFile {
  readonly subscription: Subscription;
  /** The period to rate. */
  readonly n: number;
  /** Every point the customer owns or once owned. */
  readonly points: readonly Point[];
  /** The meters its plan version prices, by key. */
  readonly priced: ReadonlySet<string>;
}

/** The scope, with the subscription's id as target; points no event ever named are left out. */
export const usageScopeOf = (
  files: readonly UsageFile[],
  meters: readonly Meter[],
  numbers: ReadonlyMap<string, number>,
): UsageScope => {
  const points = new Map<number, PointWindow[]>();
  for (const file of files) {
    for (const point of file.points) {
      const number = numbers.get(point.subject);
      if (number === undefined) continue;
      points.set(number, [...(points.get(number) ?? []), ...windowsOf(file, point)]);
    }
  }
  for (const windows of points.values()) windows.sort((a, b) => a.fromMs - b.fromMs);
  return { meters, points, priced: new Map(files.map(({ subscription, priced }) => [subscription.id, priced])) };
};

/**
 * The earliest arrival that can matter. An event of the period may have come a few minutes
 * before its time; a late one's first copy at most the event window before the last rating;
 * and a point assigned since then brings whatever it had in suspense.
 */
export const readFromOf = (files: readonly UsageFile[]): Instant => {
  const froms = files.flatMap(({ subscription, n, points }) => {
    const { from } = periodOf(subscription, n);
    const settled = subscription.ratedUpTo ?? from;
    const newlyOwned = points.flatMap(({ assignments }) =>
      assignments
        .filter((each) => each.customer === subscription.customer && each.recordedAt > settled)
        .map((each) => each.from),
    );
    return [from, settled, ...newlyOwned.map((each) => latest(each, periodOf(subscription, 0).from))];
  });
  const first = [...froms].sort()[0];
  if (first === undefined) throw new RangeError('a scope has at least one file');
  return addDaysTo(first, -(eventWindow.pastDays + 1));
};

const windowsOf = ({ subscription, n }: UsageFile, { assignments }: Point): readonly PointWindow[] => {
  const open = periodOf(subscription, n);
  const begin = epochMs(periodOf(subscription, 0).from);
  const settled = subscription.ratedUpTo;
  return assignments.flatMap(({ from, customer, recordedAt }, i) => {
    if (customer !== subscription.customer) return [];
    const next = assignments[i + 1];
    const owned = { fromMs: epochMs(from), untilMs: next === undefined ? Infinity : epochMs(next.from) };
    // A point that was ours only after the last rating had nothing of it settled then.
    const settledUpToMs = settled === undefined || recordedAt > settled ? 0 : epochMs(settled);
    return [
      ...within(owned, begin, epochMs(open.from)).map((span) => ({
        ...span,
        target: subscription.id,
        state: 'closed' as const,
        settledUpToMs,
      })),
      ...within(owned, epochMs(open.from), epochMs(open.until)).map((span) => ({
        ...span,
        target: subscription.id,
        state: 'open' as const,
      })),
    ];
  });
};

const within = (
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
  begin: number,
  end: number,
) => {
  const span = { fromMs: Math.max(fromMs, begin), untilMs: Math.min(untilMs, end) };
  return span.fromMs < span.untilMs ? [span] : [];
};

const latest = (a: Instant, b: Instant): Instant => (a > b ? a : b);
