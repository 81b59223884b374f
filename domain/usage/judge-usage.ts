/**
 * Judges every distinct event: rated into its target and meters, settled before,
 * late, in conflict, of no meter, of no quantity, or of no window. Pure of order:
 * what an event becomes depends on it, its rivals and their first arrivals alone.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- places come from the arrays they index */
import { assert } from '../assert.ts';
import { byArrival, byTime, textOrder } from './arrival-order.ts';
import { columnsOf, type DistinctEvents, rivalsIn } from './distinct-events.ts';
import { feedMeters, type MeterFeed, meterFeed } from './feed-meters.ts';
import { fingerprintHex } from './fingerprint.ts';
import { quantityIn } from './meter-totals.ts';
import type { Meter } from './meter.ts';
import { eventAt } from './usage-columns.ts';
import type { LoggedArrival, Quarantined, RatedUsage, UsageCounts, UsageRating } from './usage-rating.ts';
import { open, type ScopeIndex, windowOf } from './usage-scope.ts';

type Judged = Omit<UsageRating, 'counts'> & { readonly counts: Omit<UsageCounts, 'received' | 'outside' | 'repeats'> };

interface Judging {
  readonly scope: ScopeIndex;
  readonly events: DistinctEvents;
  readonly feed: MeterFeed;
  readonly quarantined: Quarantined[];
  readonly unassigned: number[];
  readonly counts: Record<'rated' | 'settled' | 'late' | 'conflicts' | 'unknownMeter' | 'badQuantity', number>;
  readonly ratedOfTarget: Float64Array;
}

const arrivalOf = (events: DistinctEvents, entry: number): LoggedArrival => ({
  ...eventAt(columnsOf(events, entry), events.rowOf[entry]!),
  arrivedAtMs: events.arrivedAtMs[entry]!,
});

const windowOfEntry = ({ scope, events }: Judging, entry: number): number =>
  windowOf(scope, columnsOf(events, entry), events.rowOf[entry]!);

const isSettled = ({ scope, events }: Judging, window: number, entry: number): boolean =>
  window >= 0 && events.arrivedAtMs[entry]! <= scope.settledUpTo[window]!;

const quarantine = (judging: Judging, reason: 'period_closed' | 'unknown_meter' | 'bad_quantity', entry: number) => {
  judging.quarantined.push({ reason, events: [arrivalOf(judging.events, entry)] });
};

const rate = (judging: Judging, entry: number, target: number): void => {
  const { counts } = judging;
  const outcome = feedMeters(judging.feed, judging.events, entry, target);
  if (outcome === 'rated') {
    counts.rated++;
    judging.ratedOfTarget[target]!++;
    return;
  }
  if (outcome === 'unknown_meter') counts.unknownMeter++;
  else counts.badQuantity++;
  quarantine(judging, outcome, entry);
};

const judge = (judging: Judging, entry: number): void => {
  const { scope, counts } = judging;
  const window = windowOfEntry(judging, entry);
  if (window < 0) judging.unassigned.push(entry);
  else if (isSettled(judging, window, entry)) counts.settled++;
  else if (scope.settledUpTo[window] === open) rate(judging, entry, scope.targetOf[window]!);
  else {
    counts.late++;
    quarantine(judging, 'period_closed', entry);
  }
};

/** Of several bodies of one identity those settled before stand; the others are in conflict, all of them. */
const judgeRivals = (judging: Judging, entries: readonly number[]): void => {
  const { counts } = judging;
  const settled = entries.filter((entry) => isSettled(judging, windowOfEntry(judging, entry), entry));
  const others = entries.filter((entry) => !settled.includes(entry));
  counts.settled += settled.length;
  counts.conflicts += others.length;
  if (others.length === 0) return;
  const shown = (some: readonly number[]) => some.map((entry) => arrivalOf(judging.events, entry)).sort(byArrival);
  judging.quarantined.push({ reason: 'conflict', events: shown(others), settled: shown(settled) });
};

/** The earliest of the entries, at most `listed`; only those are ever made objects. */
const earliest = (events: DistinctEvents, entries: readonly number[], listed: number): LoggedArrival[] => {
  const timeOf = (entry: number): number => columnsOf(events, entry).times[events.rowOf[entry]!]!;
  const times = Float64Array.from(entries, timeOf).sort();
  const last = times[Math.min(listed, times.length) - 1] ?? -Infinity;
  const within = entries.filter((entry) => timeOf(entry) <= last).map((entry) => arrivalOf(events, entry));
  return within.sort(byTime).slice(0, listed);
};

const ratedIn = ({ scope, feed: { meters, totals } }: Judging): RatedUsage[] =>
  scope.targets
    .flatMap((target, targetPlace) =>
      meters.flatMap(({ key, aggregation }, meterPlace): RatedUsage[] => {
        const slot = targetPlace * meters.length + meterPlace;
        const events = totals.events[slot]!;
        if (events === 0) return [];
        const quantity = quantityIn(totals, slot, aggregation);
        return [{ target, meter: key, quantity, events, digest: fingerprintHex(totals.digests, slot * 4) }];
      }),
    )
    .sort((a, b) => textOrder(a.target, b.target) || textOrder(a.meter, b.meter));

export const judgeUsage = (
  meters: readonly Meter[],
  scope: ScopeIndex,
  events: DistinctEvents,
  unassignedListed: number,
): Judged => {
  const counts = { rated: 0, settled: 0, late: 0, conflicts: 0, unknownMeter: 0, badQuantity: 0 };
  const judging: Judging = {
    scope,
    events,
    feed: meterFeed(meters, scope),
    quarantined: [],
    unassigned: [],
    counts,
    ratedOfTarget: new Float64Array(scope.targets.length),
  };
  const rivals = rivalsIn(events);
  const isRival = new Uint8Array(events.size);
  for (const entries of rivals) for (const entry of entries) isRival[entry] = 1;
  for (let entry = 0; entry < events.size; entry++) if (isRival[entry] === 0) judge(judging, entry);
  for (const entries of rivals) judgeRivals(judging, entries);

  const unassigned = judging.unassigned.length;
  const named = Object.values(counts).reduce((sum, count) => sum + count, unassigned);
  assert(named === events.size, 'every distinct event is in exactly one count');
  return {
    rated: ratedIn(judging),
    quarantined: judging.quarantined.sort((a, b) => byTime(a.events[0], b.events[0])),
    unassigned: earliest(events, judging.unassigned, unassignedListed),
    ratedEvents: Object.fromEntries(scope.targets.map((target, place) => [target, judging.ratedOfTarget[place]!])),
    counts: { distinct: events.size, ...counts, unassigned },
  };
};
