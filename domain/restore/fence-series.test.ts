/** Numbers found after a restore are never given again: where a series goes on, and which hole that leaves. */
import { describe, expect, it } from 'vitest';
import type { NumberSeries } from '../invoicing/number-series.ts';
import { day } from '../time/day.ts';
import { instant } from '../time/instant.ts';
import { fenceSeries, highestOf, readNumber, withFence } from './fence-series.ts';

const series: NumberSeries = {
  entity: 'main',
  kind: 'invoice',
  fiscalYear: '2026',
  next: 12,
  lastIssuedOn: day('2026-02-01'),
};
const restore = {
  restoredTo: instant('2026-02-01T01:02:03.000Z'),
  closedAt: instant('2026-02-01T05:00:00.000Z'),
};
const entities = [
  { key: 'main', name: 'Main', addressLines: [], numberPrefix: 'CH' },
  { key: 'eu', name: 'EU', addressLines: [], numberPrefix: 'CH-EU' },
];

describe('fencing', () => {
  it('goes on behind the highest number found, and keeps what it passed over with the reason', () => {
    const fenced = fenceSeries(series, 14, restore);
    expect(fenced?.series.next).toBe(15);
    expect(fenced?.series.holes).toEqual([
      { from: 12, until: 14, because: expect.stringContaining('2026-02-01T01:02:03.000Z') as string },
    ]);
    expect(fenced?.fence).toEqual({ series: 'main#invoice#2026', from: 12, until: 14 });
  });

  it('leaves a series alone that is behind the number already', () => {
    expect(fenceSeries(series, 11, restore)).toBeUndefined();
  });

  it('found in two lots is one hole', () => {
    const first = fenceSeries(series, 13, restore);
    const second = fenceSeries(first?.series ?? series, 20, restore);
    expect(second?.series.holes).toMatchObject([{ from: 12, until: 20 }]);
    expect(withFence(withFence([], first!.fence), second!.fence)).toEqual([
      { series: 'main#invoice#2026', from: 12, until: 20 },
    ]);
  });

  it('after a second restore is another hole, for another reason', () => {
    const first = fenceSeries(series, 13, restore);
    const later = { restoredTo: instant('2026-03-01T00:00:00.000Z'), closedAt: instant('2026-03-01T02:00:00.000Z') };
    const second = fenceSeries(first?.series ?? series, 14, later);
    expect(second?.series.holes).toMatchObject([
      { from: 12, until: 13 },
      { from: 14, until: 14 },
    ]);
  });
});

describe('numbers', () => {
  it.each([
    ['CH-2026-000012', { series: { entity: 'main', kind: 'invoice', fiscalYear: '2026' }, serial: 12 }],
    ['CH-EU-2026-000007', { series: { entity: 'eu', kind: 'invoice', fiscalYear: '2026' }, serial: 7 }],
    ['CH-2026-1234567', { series: { entity: 'main', kind: 'invoice', fiscalYear: '2026' }, serial: 1_234_567 }],
  ])('%s is read by the entities there are', (number, read) => {
    expect(readNumber(number, entities)).toEqual(read);
  });

  it.each(['XX-2026-000012', 'CH-2026-000000', 'CH-26-000001', '', 'CH'])('"%s" is refused', (number) => {
    expect(readNumber(number, entities)).toMatchObject({ refused: 'unknown_number' });
  });

  it('only the highest of each series counts', () => {
    const of = (entity: string, serial: number) =>
      ({ series: { entity, kind: 'invoice', fiscalYear: '2026' }, serial }) as const;
    expect(highestOf([of('main', 3), of('eu', 9), of('main', 7), of('main', 5)])).toEqual([of('main', 7), of('eu', 9)]);
  });
});
