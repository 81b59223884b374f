/** Examples of the merge: what becomes of an event at each boundary, and of two that disagree. */
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import type { Meter } from './meter.ts';
import { type LoggedEvent, packUsage, unpackUsage } from './packed-usage.ts';
import { type PointWindow, rateUsage } from './rate-usage.ts';
import type { UsageRating } from './usage-rating.ts';

const october = Date.UTC(2026, 9, 1);
const november = Date.UTC(2026, 10, 1);
const december = Date.UTC(2026, 11, 1);
const closedAt = november + 3 * 3_600_000;

const windows: readonly PointWindow[] = [
  { fromMs: october, untilMs: november, target: 'october', state: 'closed', settledUpToMs: closedAt },
  { fromMs: november, untilMs: december, target: 'november', state: 'open' },
];
const minutes: Meter = { key: 'minutes', eventType: 'call', aggregation: 'sum', field: 'minutes', unit: 'min' };

const call: LoggedEvent = {
  point: 1,
  source: 'pbx',
  id: 'c-1',
  type: 'call',
  timeMs: november,
  data: { minutes: '2.5' },
};

type Sent = readonly [arrivedAtMs: number, ...events: readonly LoggedEvent[]];

const rate = (sent: readonly Sent[], meters: readonly Meter[] = [minutes]): UsageRating => {
  const merge = rateUsage({ meters, points: new Map([[1, windows]]) }, { unassignedListed: 1 });
  for (const [arrivedAtMs, ...events] of sent) {
    const columns = unpackUsage(packUsage(events));
    if (isRefusal(columns)) throw new Error(columns.because);
    merge.add({ arrivedAtMs, columns });
  }
  return merge.finish();
};

const arrived = (event: LoggedEvent, arrivedAtMs: number) => ({ ...event, arrivedAtMs });

describe('a window', () => {
  it.each([
    ['−1 ms: the one before, closed', november - 1, { late: 1, rated: 0 }],
    ['0: the one that begins', november, { late: 0, rated: 1 }],
    ['+1 ms: within', november + 1, { late: 0, rated: 1 }],
    ['−1 ms before it ends: within', december - 1, { rated: 1, unassigned: 0 }],
    ['its end: outside', december, { rated: 0, unassigned: 1 }],
    ['−1 ms before the first: outside', october - 1, { late: 0, unassigned: 1 }],
  ])('takes an event at %s', (_, timeMs, counts) => {
    expect(rate([[closedAt + 1, { ...call, timeMs }]]).counts).toMatchObject(counts);
  });

  it.each([
    ['1 ms before it was settled', closedAt - 1, { settled: 1, late: 0 }],
    ['as it was settled', closedAt, { settled: 1, late: 0 }],
    ['1 ms after', closedAt + 1, { settled: 0, late: 1 }],
  ])('once closed judges what arrived %s', (_, arrivedAtMs, counts) => {
    const old = { ...call, timeMs: november - 1 };
    expect(
      rate([
        [closedAt + 9, old],
        [arrivedAtMs, old],
      ]).counts,
    ).toMatchObject({ ...counts, repeats: 1 });
  });
});

describe('a retry', () => {
  it('counts once: 2.5 + 1 = 3.5', () => {
    const other = { ...call, id: 'c-2', data: { minutes: '1' } };
    const rating = rate([
      [1, call, other],
      [2, other],
      [3, call],
    ]);
    expect(rating.rated).toMatchObject([{ target: 'november', meter: 'minutes', quantity: '3.5', events: 2 }]);
    expect(rating.counts).toMatchObject({ received: 4, repeats: 2, distinct: 2, rated: 2 });
  });

  it('that says 2.50 for 2.5 was made anew: a conflict of two bodies, neither rated', () => {
    const anew = { ...call, data: { minutes: '2.50' } };
    const rating = rate([
      [2, anew],
      [1, call],
    ]);
    expect(rating.rated).toEqual([]);
    expect(rating.quarantined).toEqual([
      { reason: 'conflict', events: [arrived(call, 1), arrived(anew, 2)], settled: [] },
    ]);
    expect(rating.counts).toMatchObject({ distinct: 2, conflicts: 2, repeats: 0 });
  });

  it('of what was settled changes nothing, and another body of it is shown against it', () => {
    const old = { ...call, timeMs: november - 1 };
    const moved = { ...old, timeMs: november + 1 };
    const rating = rate([
      [closedAt + 1, moved],
      [closedAt, old],
    ]);
    expect(rating.rated).toEqual([]);
    expect(rating.quarantined).toEqual([
      { reason: 'conflict', events: [arrived(moved, closedAt + 1)], settled: [arrived(old, closedAt)] },
    ]);
    expect(rating.counts).toMatchObject({ settled: 1, conflicts: 1 });
  });

  it('from another source is another event', () => {
    expect(rate([[1, call, { ...call, source: 'crm' }]]).counts).toMatchObject({ distinct: 2, rated: 2 });
  });
});

describe('identities whose hashes agree', () => {
  it('are told apart: among 300,000 ids some ten pairs share their 32 bits of hash', () => {
    const uuid = (n: number): string => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`;
    const sent = Array.from({ length: 10 }, (_, piece): Sent => {
      const events = Array.from({ length: 30_000 }, (_each, i) => ({ ...call, id: uuid(piece * 30_000 + i) }));
      return [1, ...events];
    });
    expect(rate(sent).counts).toMatchObject({ distinct: 300_000, rated: 300_000, repeats: 0, conflicts: 0 });
  });
});

describe('an event', () => {
  it('of a type no meter names is kept with that reason', () => {
    const unknown = { ...call, type: 'fax' };
    expect(rate([[1, unknown]]).quarantined).toEqual([{ reason: 'unknown_meter', events: [arrived(unknown, 1)] }]);
  });

  it.each([
    [{}],
    [{ minutes: 'two' }],
    [{ minutes: '1e3' }],
    [{ minutes: '1000000000000001' }],
    [{ minutes: '0.0000000000001' }],
  ])(
    'without a quantity within the limits feeds no meter, not even a count: %j',
    (data: Readonly<Record<string, string>>) => {
      const calls: Meter = { key: 'calls', eventType: 'call', aggregation: 'count', unit: 'call' };
      const rating = rate([[1, { ...call, data }]], [minutes, calls]);
      expect(rating.rated).toEqual([]);
      expect(rating.quarantined).toMatchObject([{ reason: 'bad_quantity' }]);
    },
  );

  it('of a point outside the scope is only counted as such', () => {
    expect(rate([[1, call, { ...call, point: 2, id: 'c-2' }]]).counts).toMatchObject({ received: 1, outside: 1 });
  });

  it('of no window is listed up to the limit, the earliest first, and counted in full', () => {
    const late = { ...call, timeMs: december + 1 };
    const early = { ...call, id: 'c-2', timeMs: december };
    const rating = rate([[1, late, early]]);
    expect(rating.unassigned).toEqual([arrived(early, 1)]);
    expect(rating.counts.unassigned).toBe(2);
  });
});

describe('aggregations', () => {
  const gauge = (id: string, timeMs: number, level: string): LoggedEvent => ({
    ...call,
    id,
    timeMs,
    type: 'gauge',
    data: { level },
  });
  const quantity = (aggregation: Meter['aggregation'], events: readonly LoggedEvent[]) =>
    rate([[1, ...events]], [{ key: 'm', eventType: 'gauge', aggregation, field: 'level', unit: 'GB' }]).rated[0]
      ?.quantity;

  it('sum exactly, past what a double holds', () => {
    const many = Array.from({ length: 20 }, (_, i) => gauge(`g-${i}`, november, '999999999999999.999999999999'));
    expect(quantity('sum', many)).toBe('19999999999999999.99999999998');
    expect(quantity('sum', [gauge('a', november, '0.1'), gauge('b', november, '0.2')])).toBe('0.3');
    expect(quantity('sum', [gauge('a', november, '1'), gauge('b', november, '-1.5')])).toBe('-0.5');
  });

  it('max compares values, not digits: 9.5 > 9.45', () => {
    expect(
      quantity('max', [gauge('a', november, '9.45'), gauge('b', november, '9.5'), gauge('c', november, '-99')]),
    ).toBe('9.5');
  });

  it('latest is by event time, and by id where times tie', () => {
    expect(
      quantity('latest', [gauge('b', november + 1, '7'), gauge('a', november + 1, '8'), gauge('c', november, '9')]),
    ).toBe('7');
  });

  it('unique_count counts texts and no empty one', () => {
    const levels = ['ann', 'bob', '', 'ann', '1.0', '1.00'];
    expect(
      quantity(
        'unique_count',
        levels.map((level, i) => gauge(`g-${i}`, november, level)),
      ),
    ).toBe('4');
  });
});

describe('a scope', () => {
  const merge = (own: readonly PointWindow[]) => () =>
    rateUsage({ meters: [], points: new Map([[1, own]]) }, { unassignedListed: 0 });
  const [first, second] = windows as readonly [PointWindow, PointWindow];

  it('has windows in order that do not overlap', () => {
    expect(merge([second, first])).toThrow('sorted');
    expect(merge([first, { ...second, fromMs: november - 1 }])).toThrow('overlap');
    expect(merge([{ ...second, untilMs: november }])).toThrow('ends after it begins');
    expect(merge([{ fromMs: october, untilMs: november, target: 't', state: 'closed' }])).toThrow('settled');
  });
});
