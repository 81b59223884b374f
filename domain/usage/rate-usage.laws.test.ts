/** Laws of the merge: it equals the plain fold, and order, splits and redelivery leave no trace in it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { naiveRating, type NaivePiece } from '#bench/naive-rating.ts';
import { isRefusal } from '../refusal.ts';
import type { Meter } from './meter.ts';
import { type LoggedEvent, packUsage, unpackUsage } from './packed-usage.ts';
import { type PointWindow, rateUsage, type UsageScope } from './rate-usage.ts';
import type { UsageCounts, UsageRating } from './usage-rating.ts';

const meters: readonly Meter[] = [
  { key: 'calls', eventType: 'call', aggregation: 'count', unit: 'call' },
  { key: 'seconds', eventType: 'call', aggregation: 'sum', field: 'n', unit: 's' },
  { key: 'longest', eventType: 'call', aggregation: 'max', field: 'n', unit: 's' },
  { key: 'last', eventType: 'call', aggregation: 'latest', field: 'n', unit: 's' },
  { key: 'users', eventType: 'login', aggregation: 'unique_count', field: 'user', unit: 'user' },
  { key: 'eu_logins', eventType: 'login', aggregation: 'count', unit: 'login', filter: { region: ['eu', '1'] } },
  { key: 'data', eventType: 'data', aggregation: 'sum', field: 'n', unit: 'B', filter: { region: ['eu'] } },
];

/** Few identities, points, times and values, so that repeats, conflicts and boundaries are common. */
const id = fc.oneof(
  fc.nat(9).map((n) => `e-${n}`),
  fc.nat(6).map((n) => `raw id ${n} `),
  fc.nat(5).map((n) => `0192e4a0-7f3c-7cc0-8c5d-00000000000${n}`),
);
const amount = fc.constantFrom(
  '1',
  '2',
  '1.50',
  '1.5',
  '15',
  '-3',
  '0.000000000001',
  '999999999999999.123456789012',
  '1000000000000000',
  '1000000000000001',
  '007',
  'x',
  '',
);
const data = fc.oneof(
  fc.record({ n: amount }),
  fc.record({ n: amount, region: fc.constantFrom('eu', 'us', '1') }),
  fc.record({ user: fc.constantFrom('ann', 'bob', '', '12', '1.0', '1.00'), region: fc.constantFrom('eu', 'us', '1') }),
  fc.constant({}),
);
const event: fc.Arbitrary<LoggedEvent> = fc.record({
  point: fc.nat(3),
  source: fc.constantFrom('a', 'b'),
  id,
  type: fc.constantFrom('call', 'call', 'login', 'data', 'other'),
  timeMs: fc.integer({ min: 0, max: 50 }),
  data,
});
/** Requests that draw on the same few events, so that most of what comes later came before. */
const pieces: fc.Arbitrary<readonly NaivePiece[]> = fc.array(event, { minLength: 1, maxLength: 25 }).chain((pool) =>
  fc.array(
    fc.record({
      arrivedAtMs: fc.integer({ min: 0, max: 100 }),
      events: fc.array(fc.constantFrom(...pool), { maxLength: 12 }),
    }),
    { maxLength: 10 },
  ),
);

const windows = (point: number): fc.Arbitrary<readonly PointWindow[]> =>
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: -5, max: 55 }), { maxLength: 5 }),
      fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.nat(100)), { minLength: 5, maxLength: 5 }),
    )
    .map(([edges, kinds]) => {
      const sorted = [...edges].sort((a, b) => a - b);
      return sorted.slice(1).flatMap((untilMs, i): PointWindow[] => {
        const [isThere, isOpen, settledUpToMs] = kinds[i]!;
        const own = { fromMs: sorted[i]!, untilMs, target: `t${(point + i) % 3}` };
        if (!isThere) return [];
        return [isOpen ? { ...own, state: 'open' } : { ...own, state: 'closed', settledUpToMs }];
      });
    });
const priced = fc.dictionary(fc.constantFrom('t0', 't1', 't2'), fc.subarray(meters.map(({ key }) => key)));
const scope: fc.Arbitrary<UsageScope> = fc
  .tuple(fc.tuple(windows(0), windows(1), windows(2)), priced)
  .map(([all, keys]) => ({
    meters,
    points: new Map(all.map((own, point) => [point, own])),
    priced: new Map(Object.entries(keys).map(([target, each]) => [target, new Set(each)])),
  }));

const rated = (pieces: readonly NaivePiece[], within: UsageScope, unassignedListed = 1000): UsageRating => {
  const merge = rateUsage(within, { unassignedListed });
  for (const { arrivedAtMs, events } of pieces) {
    const columns = unpackUsage(packUsage(events));
    if (isRefusal(columns)) throw new Error(columns.because);
    merge.add({ arrivedAtMs, columns });
  }
  return merge.finish();
};

const withoutDigests = ({ rated: lines, ...rest }: UsageRating) => ({
  ...rest,
  rated: lines.map(({ digest: _, ...line }) => line),
});

describe('rating of usage', () => {
  it('is tried on every kind of outcome', () => {
    const tried = fc.sample(fc.tuple(pieces, scope), { numRuns: 300, seed: 1 });
    const seen = tried.map(([sent, within]) => naiveRating(sent, within, 0).counts);
    for (const count of Object.keys(seen[0] ?? {}) as (keyof UsageCounts)[]) {
      // In at least one case of a hundred.
      expect([count, seen.filter((counts) => counts[count] > 0).length]).toEqual([
        count,
        expect.toSatisfy((n) => n >= 3),
      ]);
    }
  });

  it('equals the plain fold', () => {
    fc.assert(
      fc.property(pieces, scope, fc.nat(5), (sent, within, listed) => {
        expect(withoutDigests(rated(sent, within, listed))).toEqual(naiveRating(sent, within, listed));
      }),
      { numRuns: 1500 },
    );
  });

  it('is the same for any order and split of the pieces', () => {
    const shuffled = pieces.chain((sent) => {
      const alone = sent.flatMap(({ arrivedAtMs, events }) => events.map((each) => ({ arrivedAtMs, events: [each] })));
      return fc.tuple(fc.constant(sent), fc.shuffledSubarray(alone, { minLength: alone.length }));
    });
    fc.assert(
      fc.property(shuffled, scope, ([sent, alone], within) => {
        expect(rated(alone, within)).toEqual(rated(sent, within));
      }),
      { numRuns: 500 },
    );
  });

  it('is the same when pieces come again later, but for the count of repeats', () => {
    const redelivered = pieces.chain((sent) => fc.tuple(fc.constant(sent), fc.subarray([...sent]), fc.nat(50)));
    fc.assert(
      fc.property(redelivered, scope, fc.boolean(), ([sent, again, delay], within, isFirst) => {
        const later = again.map(({ arrivedAtMs, events }) => ({ arrivedAtMs: arrivedAtMs + delay, events }));
        const once = rated(sent, within);
        const twice = rated(isFirst ? [...later, ...sent] : [...sent, ...later], within);
        const resent = again.flatMap(({ events }) => events).filter(({ point }) => within.points.has(point)).length;
        const received = once.counts.received + resent;
        const counts = {
          ...once.counts,
          received,
          repeats: once.counts.repeats + resent,
          outside: twice.counts.outside,
        };
        expect(twice).toEqual({ ...once, counts });
      }),
      { numRuns: 300 },
    );
  });

  it('answers the same twice, and goes on after it', () => {
    fc.assert(
      fc.property(pieces, fc.nat(10), scope, (sent, split, within) => {
        const first = sent.slice(0, split);
        const second = sent.slice(split);
        const merge = rateUsage(within, { unassignedListed: 1000 });
        const add = ({ arrivedAtMs, events }: NaivePiece): void => {
          const columns = unpackUsage(packUsage(events));
          if (!isRefusal(columns)) merge.add({ arrivedAtMs, columns });
        };
        first.forEach(add);
        expect(merge.finish()).toEqual(merge.finish());
        second.forEach(add);
        expect(merge.finish()).toEqual(rated([...first, ...second], within));
      }),
      { numRuns: 200 },
    );
  });

  it('has another digest when any event of a quantity is another', () => {
    const open: UsageScope = {
      meters: [{ key: 'calls', eventType: 'call', aggregation: 'count', unit: 'call' }],
      points: new Map([0, 1, 2, 3].map((point) => [point, [{ fromMs: 0, untilMs: 100, target: 't', state: 'open' }]])),
    };
    const call = event.map((each) => ({ ...each, type: 'call' }));
    const digestOf = (body: LoggedEvent) => rated([{ arrivedAtMs: 0, events: [body] }], open).rated[0]?.digest;
    const key = fc.constantFrom('point', 'source', 'id', 'timeMs', 'data');
    fc.assert(
      fc.property(call, call, key, (a, other, changed) => {
        const b = { ...a, [changed]: other[changed] };
        expect(digestOf(a)).toMatch(/^[0-9a-f]{32}$/);
        expect(digestOf(a) === digestOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 500 },
    );
    const [sample] = fc.sample(call, { numRuns: 1, seed: 1 });
    const near = ['1.5', '15', '1.50', '-1.5', '0.15', '1.5 ', ''].map((n) => digestOf({ ...sample!, data: { n } }));
    expect(new Set(near).size).toBe(7);
  });
});
