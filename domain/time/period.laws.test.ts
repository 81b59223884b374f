/** The periods of a schedule tile all time, forwards only, in every zone there is (I4, I11), whatever the host's own zone (I40). */
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { type Day, addDays, addMonths, day, dayIn, startOf } from './day.ts';
import { addMs, instantAt } from './instant.ts';
import { type BillingSchedule, billingPeriod, contains, periodIndexAt } from './period.ts';
import { timeZone } from './zone.ts';

const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC', 'Etc/GMT+12', 'Etc/GMT-14'].map(timeZone);
const monthsIn40Years = 480;

it('months from the 31st move strictly forward for 40 years in every zone', { timeout: 120_000 }, () => {
  expect(zones.length).toBeGreaterThan(400);
  const starts = Array.from({ length: monthsIn40Years }, (_, n) => addMonths(day('1990-01-31'), n));
  for (const zone of zones) {
    let before = startOf(day('1989-12-31'), zone);
    for (const on of starts) {
      const from = startOf(on, zone);
      // One comparison each, since an expect() for every one of 200,000 takes longer than the calendar does.
      const holds = from > before && dayIn(from, zone) >= on && dayIn(addMs(from, -1), zone) < on;
      if (!holds) expect.fail(`${zone}: the period from ${on} starts at ${from}, after ${before}`);
      before = from;
    }
  }
});

const schedules: fc.Arbitrary<BillingSchedule> = fc.record({
  anchorOn: fc.nat(15_000).map((days): Day => addDays(day('1985-01-01'), days)),
  interval: fc.constantFrom('day', 'week', 'month', 'year'),
  intervalCount: fc.integer({ min: 1, max: 14 }),
  zone: fc.constantFrom(
    ...zones,
    ...['Pacific/Apia', 'America/St_Johns', 'Africa/Cairo', 'Europe/Berlin'].map(timeZone),
  ),
});

it('each period starts where the one before ended, and lasts', () => {
  fc.assert(
    fc.property(schedules, fc.integer({ min: -40, max: 400 }), (schedule, n) => {
      const [before, period] = [billingPeriod(schedule, n - 1), billingPeriod(schedule, n)];
      expect(period.from).toBe(before.until);
      expect(period.fromOn).toBe(before.untilOn);
      expect(period.fromOn < period.untilOn).toBe(true);
      // Only a day that its zone skipped is empty.
      const isDay = schedule.interval === 'day' && schedule.intervalCount === 1;
      expect(isDay ? period.from <= period.until : period.from < period.until).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

it('every instant lies in exactly the period its index names', () => {
  const moments = fc.integer({ min: 315_532_800_000, max: 2_208_988_800_000 }).map(instantAt); // 1980 to 2040
  fc.assert(
    fc.property(schedules, moments, (schedule, moment) => {
      const n = periodIndexAt(schedule, moment);
      expect([n - 1, n, n + 1].map((index) => contains(billingPeriod(schedule, index), moment))).toEqual([
        false,
        true,
        false,
      ]);
    }),
    { numRuns: 1_000 },
  );
});

it('the index changes at the boundary, not a millisecond before', () => {
  fc.assert(
    fc.property(schedules, fc.integer({ min: -40, max: 400 }), (schedule, n) => {
      const { from, until } = billingPeriod(schedule, n);
      fc.pre(from < until);
      expect(
        [addMs(from, -1), from, addMs(until, -1), until].map((moment) => periodIndexAt(schedule, moment) - n),
      ).toEqual([expect.toSatisfy((step: number) => step < 0), 0, 0, expect.toSatisfy((step: number) => step > 0)]);
    }),
    { numRuns: 500 },
  );
});

const hostZone = process.env['TZ'];
afterAll(() => {
  if (hostZone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = hostZone;
});

it('the host’s own zone changes nothing', () => {
  const schedule: BillingSchedule = { anchorOn: day('2026-01-31'), zone: timeZone('America/New_York') };
  const year = () => Array.from({ length: 12 }, (_, n) => billingPeriod(schedule, n));
  const [first, ...others] = ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kolkata', 'America/St_Johns'].map(
    (host) => {
      process.env['TZ'] = host;
      return year();
    },
  );
  for (const other of others) expect(other).toEqual(first);
});
