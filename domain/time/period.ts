/**
 * A billing period is half open, [from, until), cut at midnights of the customer's zone. The
 * n-th starts at *anchor + n intervals*, never at the end of the one before, so an anchor on the
 * 31st gives Feb 28, then Mar 31. The periods of one schedule tile all time: every instant lies
 * in exactly one (I4, I11).
 */
import { assert, present } from '../assert.ts';
import { type Day, addDays, addMonths, dayIn, daysBetween, startOf } from './day.ts';
import type { Instant } from './instant.ts';
import type { TimeZone } from './zone.ts';

export interface Period {
  readonly fromOn: Day;
  readonly untilOn: Day;
  readonly from: Instant;
  readonly until: Instant;
}

export type Interval = 'day' | 'week' | 'month' | 'year';

export interface BillingSchedule {
  /** The day period 0 starts on; later ones start on its day of the month, or on the month's last. */
  readonly anchorOn: Day;
  /** A month where absent. */
  readonly interval?: Interval;
  /** How many intervals make a period: 3 months are a quarter. One where absent. */
  readonly intervalCount?: number;
  readonly zone: TimeZone;
}

/** The n-th period; 0 starts on the anchor, −1 ends there. Empty for a day its zone skipped, or `from < until`. */
export const billingPeriod = (schedule: BillingSchedule, n: number): Period => {
  const fromOn = periodStart(schedule, n);
  const untilOn = periodStart(schedule, n + 1);
  assert(fromOn < untilOn, `periods move forward: ${fromOn} to ${untilOn}`);
  return { fromOn, untilOn, from: startOf(fromOn, schedule.zone), until: startOf(untilOn, schedule.zone) };
};

/** Which period the moment lies in. Below zero before the anchor: −1 is the period that ends there. */
export const periodIndexAt = (schedule: BillingSchedule, moment: Instant): number => {
  const guess = Math.floor(unitsUntil(schedule, dayIn(moment, schedule.zone)) / unitsPerPeriod(schedule));
  // One below where the anchor's day of the month is still to come, one above where clocks repeat an hour over midnight.
  const started = (n: number): boolean => startOf(periodStart(schedule, n), schedule.zone) <= moment;
  return present([guess + 1, guess, guess - 1].find(started), `${moment} lies next to period ${guess}`);
};

export const contains = (period: Period, moment: Instant): boolean => moment >= period.from && moment < period.until;

/** Calendar days, whatever their hours. */
export const daysIn = (period: Pick<Period, 'fromOn' | 'untilOn'>): number =>
  daysBetween(period.fromOn, period.untilOn);

const periodStart = (schedule: BillingSchedule, n: number): Day => {
  const units = n * unitsPerPeriod(schedule);
  return countsMonths(schedule) ? addMonths(schedule.anchorOn, units) : addDays(schedule.anchorOn, units);
};

/** Every interval is a number of days or a number of months. */
const unitsIn = { day: 1, week: 7, month: 1, year: 12 } as const satisfies Record<Interval, number>;

const countsMonths = ({ interval = 'month' }: BillingSchedule): boolean => interval === 'month' || interval === 'year';

const unitsPerPeriod = ({ interval = 'month', intervalCount = 1 }: BillingSchedule): number => {
  assert(Number.isSafeInteger(intervalCount) && intervalCount >= 1, `a period is ${intervalCount} whole intervals`);
  return unitsIn[interval] * intervalCount;
};

/** Days, or months by their number on the calendar, from the anchor to a day. */
const unitsUntil = (schedule: BillingSchedule, until: Day): number =>
  countsMonths(schedule) ? monthNumber(until) - monthNumber(schedule.anchorOn) : daysBetween(schedule.anchorOn, until);

const monthNumber = (date: Day): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
