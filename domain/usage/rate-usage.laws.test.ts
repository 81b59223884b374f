/** Laws of the merge: it equals the plain fold, and order, splits and redelivery leave no trace in it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { naiveRating, type NaivePiece } from '#bench/naive-rating.ts';
import { isRefusal } from '../refusal.ts';
import type { Meter } from './meter.ts';
import { type LoggedEvent, packUsage, unpackUsage } from './packed-usage.ts';
import { type PointWindow, rateUsage, type UsageScope } from './rate-usage.ts';
import type { UsageRating } from './usage-rating.ts';

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
  fc.nat(12).map((n) => `e-${n}`),
  fc.nat(8).map((n) => `raw id ${n} `),
  fc.nat(6).map((n) => `0192e4a0-7f3c-7cc0-8c5d-00000000000${n}`),
);
const amount = fc.constantFrom(
  '1',
  '2',
  '1.50',
  '1.5',
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
const piece: fc.Arbitrary<NaivePiece> = fc.record({
  arrivedAtMs: fc.integer({ min: 0, max: 100 }),
  events: fc.array(event, { maxLength: 12 }),
});

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
const scope: fc.Arbitrary<UsageScope> = fc
  .tuple(windows(0), windows(1), windows(2))
  .map((all) => ({ meters, points: new Map(all.map((own, point) => [point, own])) }));

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
  it('equals the plain fold', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), scope, fc.nat(5), (pieces, within, listed) => {
        expect(withoutDigests(rated(pieces, within, listed))).toEqual(naiveRating(pieces, within, listed));
      }),
      { numRuns: 1500 },
    );
  });

  it('is the same for any order and split of the pieces', () => {
    const shuffled = fc.array(piece, { maxLength: 10 }).chain((pieces) => {
      const alone = pieces.flatMap(({ arrivedAtMs, events }) =>
        events.map((each) => ({ arrivedAtMs, events: [each] })),
      );
      return fc.tuple(fc.constant(pieces), fc.shuffledSubarray(alone, { minLength: alone.length }));
    });
    fc.assert(
      fc.property(shuffled, scope, ([pieces, alone], within) => {
        expect(rated(alone, within)).toEqual(rated(pieces, within));
      }),
      { numRuns: 500 },
    );
  });

  it('is the same when pieces come again later, but for the count of repeats', () => {
    const redelivered = fc
      .array(piece, { maxLength: 10 })
      .chain((pieces) => fc.tuple(fc.constant(pieces), fc.subarray(pieces), fc.nat(50)));
    fc.assert(
      fc.property(redelivered, scope, ([pieces, again, delay], within) => {
        const later = again.map(({ arrivedAtMs, events }) => ({ arrivedAtMs: arrivedAtMs + delay, events }));
        const once = rated(pieces, within);
        const twice = rated([...later, ...pieces], within);
        const resent = again.flatMap(({ events }) => events).filter(({ point }) => within.points.has(point)).length;
        expect(twice).toEqual({
          ...once,
          counts: {
            ...once.counts,
            received: once.counts.received + resent,
            repeats: once.counts.repeats + resent,
            outside: twice.counts.outside,
          },
        });
      }),
      { numRuns: 300 },
    );
  });

  it('answers the same twice, and goes on after it', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.array(piece, { maxLength: 6 }),
        scope,
        (first, second, within) => {
          const merge = rateUsage(within, { unassignedListed: 1000 });
          const add = ({ arrivedAtMs, events }: NaivePiece): void => {
            const columns = unpackUsage(packUsage(events));
            if (!isRefusal(columns)) merge.add({ arrivedAtMs, columns });
          };
          first.forEach(add);
          expect(merge.finish()).toEqual(merge.finish());
          second.forEach(add);
          expect(merge.finish()).toEqual(rated([...first, ...second], within));
        },
      ),
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
    fc.assert(
      fc.property(call, call, (a, b) => {
        expect(digestOf(a)).toMatch(/^[0-9a-f]{32}$/);
        expect(digestOf(a) === digestOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});
