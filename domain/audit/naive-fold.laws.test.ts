/** The pencil and the machine agree: what the naive fold makes of any events is what the rating makes of them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { epochMs, instant, instantAt } from '../time/instant.ts';
import { aggregations, type Meter } from '../usage/meter.ts';
import { packUsage, unpackUsage } from '../usage/packed-usage.ts';
import { rateUsage } from '../usage/rate-usage.ts';
import type { UsageEvent } from '../usage/usage-event.ts';
import { distinctBodies } from './distinct-bodies.ts';
import { hasQuantity, naiveFold, picks } from './naive-fold.ts';

const from = epochMs(instant('2026-01-01T00:00:00.000Z'));
const meters: readonly Meter[] = aggregations.flatMap((aggregation) => [
  {
    key: aggregation,
    eventType: 'used',
    aggregation,
    field: aggregation === 'count' ? undefined : 'quantity',
    unit: '',
  },
  {
    key: `${aggregation}_eu`,
    eventType: 'used',
    aggregation,
    field: aggregation === 'count' ? undefined : 'quantity',
    unit: '',
    filter: { region: ['eu', ''] },
  },
]);

const quantity = fc.oneof(
  fc
    .tuple(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), fc.integer({ min: 0, max: 13 }))
    .map(([digits, places]) => {
      const text = (digits < 0n ? -digits : digits).toString().padStart(places + 1, '0');
      const whole = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
      return digits < 0n ? `-${whole}` : whole;
    }),
  fc.constantFrom('', '1', '1.0', '1.00', '-0', '007', '1e3', '.5', '1000000000000000', '1000000000000001', 'many'),
);

const used: fc.Arbitrary<UsageEvent> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
  source: fc.constantFrom('one', 'two'),
  type: fc.constantFrom('used', 'other'),
  subject: fc.constant('sim'),
  time: fc.integer({ min: 0, max: 3 }).map((ms) => instantAt(from + ms)),
  data: fc.record({ quantity, region: fc.constantFrom('eu', 'us', '') }, { requiredKeys: [] }),
});

it('the naive fold and the rating agree on every meter', () => {
  fc.assert(
    fc.property(fc.array(used, { minLength: 1, maxLength: 12 }), (events) => {
      const arrivedAt = instantAt(from + 10);
      const bodies = distinctBodies(events.map((event) => ({ ...event, arrivedAt })));
      const uncontested = bodies.filter((body) =>
        bodies.every((other) => other === body || other.identity !== body.identity),
      );
      const good = uncontested.filter((event) => {
        const picked = meters.filter((meter) => picks(meter, event));
        return picked.length > 0 && picked.every((meter) => hasQuantity(meter, event));
      });

      const window = { fromMs: from, untilMs: from + 5, target: 'period', state: 'open' } as const;
      const merge = rateUsage({ meters, points: new Map([[0, [window]]]) }, { unassignedListed: 0 });
      const columns = unpackUsage(
        packUsage(events.map(({ time, subject: _, ...event }) => ({ ...event, point: 0, timeMs: epochMs(time) }))),
      );
      if (isRefusal(columns)) throw new Error(columns.because);
      merge.add({ arrivedAtMs: epochMs(arrivedAt), columns });
      const { rated, counts } = merge.finish();

      expect(counts).toMatchObject({ distinct: bodies.length, rated: good.length });
      const naive = meters.flatMap((meter) => {
        const fed = good.filter((event) => picks(meter, event));
        return fed.length === 0 ? [] : [[meter.key, naiveFold(meter, fed), fed.length]];
      });
      expect(new Set(rated.map(({ meter, quantity: read, events: fed }) => [meter, read, fed]))).toEqual(
        new Set(naive),
      );
    }),
    { numRuns: 500 },
  );
});
