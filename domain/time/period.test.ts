/** Billing periods as a customer sees them: which days, which instants, on which side of midnight. */
import { describe, expect, it } from 'vitest';
import { addDays, day } from './day.ts';
import { addMs, epochMs, instant } from './instant.ts';
import { type BillingSchedule, billingPeriod, contains, daysIn, periodIndexAt } from './period.ts';
import { timeZone, utc } from './zone.ts';

const daysOf = (schedule: BillingSchedule, ...indexes: number[]): string[] =>
  indexes.map((n) => billingPeriod(schedule, n)).map(({ fromOn, untilOn }) => `${fromOn}/${untilOn}`);

describe('the n-th period starts at anchor + n intervals', () => {
  it('the 31st comes back after February', () => {
    expect(daysOf({ anchorOn: day('2026-01-31'), zone: utc }, -1, 0, 1, 2, 3)).toEqual([
      '2025-12-31/2026-01-31',
      '2026-01-31/2026-02-28',
      '2026-02-28/2026-03-31',
      '2026-03-31/2026-04-30',
      '2026-04-30/2026-05-31',
    ]);
  });

  it('29 February comes back every fourth year', () => {
    expect(daysOf({ anchorOn: day('2024-02-29'), interval: 'year', zone: utc }, 0, 1, 3, 4)).toEqual([
      '2024-02-29/2025-02-28',
      '2025-02-28/2026-02-28',
      '2027-02-28/2028-02-29',
      '2028-02-29/2029-02-28',
    ]);
  });

  it('quarters, fortnights and days', () => {
    const quarter: BillingSchedule = { anchorOn: day('2025-11-30'), intervalCount: 3, zone: utc };
    expect(daysOf(quarter, 0, 1)).toEqual(['2025-11-30/2026-02-28', '2026-02-28/2026-05-30']);
    const fortnight: BillingSchedule = { anchorOn: day('2026-02-20'), interval: 'week', intervalCount: 2, zone: utc };
    expect(daysOf(fortnight, 0, 1)).toEqual(['2026-02-20/2026-03-06', '2026-03-06/2026-03-20']);
    expect(daysOf({ anchorOn: day('2024-02-28'), interval: 'day', zone: utc }, 1)).toEqual(['2024-02-29/2024-03-01']);
  });

  it('days move on over both changes of the clocks, one by one', () => {
    // 29 March has 23 hours in Berlin and 25 October 25: a day counted as 24 would stay where it is, or leave one out.
    for (const anchor of ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25'].map(day)) {
      const daily: BillingSchedule = { anchorOn: anchor, interval: 'day', zone: timeZone('Europe/Berlin') };
      const started = [0, 1, 2, 3].map((n) => billingPeriod(daily, n).fromOn);
      expect(started).toEqual([0, 1, 2, 3].map((days) => addDays(anchor, days)));
    }
  });

  it('an interval is counted in whole ones', () => {
    for (const intervalCount of [0, -1, 1.5, Number.NaN]) {
      expect(() => billingPeriod({ anchorOn: day('2026-01-01'), intervalCount, zone: utc }, 0)).toThrow(
        'whole intervals',
      );
    }
  });
});

describe('a month is cut at the midnights of the customer’s zone', () => {
  it.each([
    // [zone, from, until, hours]: March 2026 has 744 hours, less one where summer time starts in it
    ['UTC', '2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z', 744],
    ['Europe/Berlin', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z', 743],
    ['America/New_York', '2026-03-01T05:00:00.000Z', '2026-04-01T04:00:00.000Z', 743],
    ['Pacific/Kiritimati', '2026-02-28T10:00:00.000Z', '2026-03-31T10:00:00.000Z', 744], // UTC+14
    ['Etc/GMT+12', '2026-03-01T12:00:00.000Z', '2026-04-01T12:00:00.000Z', 744], // UTC−12
  ])('%s: from %s until %s', (zone, from, until, hours) => {
    const march = billingPeriod({ anchorOn: day('2026-01-01'), zone: timeZone(zone) }, 2);
    expect(march).toEqual({ fromOn: '2026-03-01', untilOn: '2026-04-01', from, until });
    expect((epochMs(march.until) - epochMs(march.from)) / 3_600_000).toBe(hours);
    expect(daysIn(march)).toBe(31);
  });

  it('an event belongs to the period that starts with it, to the millisecond', () => {
    const schedule: BillingSchedule = { anchorOn: day('2026-01-01'), zone: timeZone('Europe/Berlin') };
    const march = billingPeriod(schedule, 2);
    const sides = [addMs(march.from, -1), march.from, addMs(march.until, -1), march.until];
    expect(sides.map((moment) => contains(march, moment))).toEqual([false, true, true, false]);
    expect(sides.map((moment) => periodIndexAt(schedule, moment))).toEqual([1, 2, 2, 3]);
  });

  it('before the anchor the index is below zero', () => {
    const schedule: BillingSchedule = { anchorOn: day('2026-01-31'), zone: utc };
    expect(periodIndexAt(schedule, instant('2026-01-30T23:59:59.999Z'))).toBe(-1);
    expect(periodIndexAt(schedule, instant('2025-12-30T23:59:59.999Z'))).toBe(-2);
  });
});

it('a daily period on a day the zone skipped is empty, and those around it are whole', () => {
  const daily: BillingSchedule = { anchorOn: day('2011-12-29'), interval: 'day', zone: timeZone('Pacific/Apia') };
  const [before, skipped, after] = [0, 1, 2].map((n) => billingPeriod(daily, n));
  expect(skipped).toMatchObject({
    fromOn: '2011-12-30',
    from: '2011-12-30T10:00:00.000Z',
    until: '2011-12-30T10:00:00.000Z',
  });
  expect(before?.until).toBe(after?.from);
  expect(periodIndexAt(daily, instant('2011-12-30T09:59:59.999Z'))).toBe(0);
  expect(periodIndexAt(daily, instant('2011-12-30T10:00:00.000Z'))).toBe(2);
});

it('the month that lost a day still has 31 on the calendar and 30 on the clock', () => {
  const december = billingPeriod({ anchorOn: day('2011-12-01'), zone: timeZone('Pacific/Apia') }, 0);
  expect(daysIn(december)).toBe(31);
  expect((epochMs(december.until) - epochMs(december.from)) / 86_400_000).toBe(30);
});
