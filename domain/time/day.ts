/**
 * A day is a date on the calendar, `2026-01-31`, in nobody's zone: as text it sorts
 * in order. `dayIn` and `startOf` are the only two bridges between days and
 * instants, and both name the zone.
 */
import { Temporal } from 'temporal-polyfill';
import { assert } from '../assert.ts';
import { type Instant, instantAt } from './instant.ts';
import { monthLength } from './month-length.ts';
import type { TimeZone } from './zone.ts';

export type Day = string & { readonly '': 'Day' };

/** The day a text names, or undefined where it is not `YYYY-MM-DD` or the calendar has no such day. Years 1970 to 9999. */
export const parseDay = (text: string): Day | undefined => (isDay(text) && text >= '1970' ? text : undefined);

/** The day of a text already known to be one. */
export const day = (text: string): Day => {
  assert(isDay(text), `"${text}" is a day of the calendar`);
  return text;
};

export const addDays = (from: Day, days: number): Day => day(Temporal.PlainDate.from(from).add({ days }).toString());

/**
 * The anchor's day of the month, `months` later (or earlier, below zero), or that month's last
 * day where it is shorter: 31 January + 1 is 28 February, + 2 is 31 March. Always step from
 * the anchor: a step from the step before would stay on the 28th for ever.
 */
export const addMonths = (anchor: Day, months: number): Day =>
  day(Temporal.PlainDate.from(anchor).add({ months }, { overflow: 'constrain' }).toString());

/** Calendar days from one to the other: 1 from today to tomorrow, below zero the other way. */
export const daysBetween = (from: Day, until: Day): number =>
  Temporal.PlainDate.from(from).until(until, { largestUnit: 'day' }).days;

/** The date on the wall in that zone at that moment. */
export const dayIn = (moment: Instant, zone: TimeZone): Day =>
  day(Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDate().toString());

export const utcDay = (moment: Instant): Day => moment.slice(0, 10) as Day;

/**
 * The first instant of that day in that zone. Where summer time swallows midnight it is the
 * first that exists (01:00 in Cairo on 2026-04-24). A day the zone never had (Pacific/Apia skipped
 * 2011-12-30) starts, and ends, where the next one starts. Where clocks went back from 00:01 to
 * 23:01 (America/St_Johns until 2011) the day starts at its first midnight, so the hour that is
 * yesterday's again on the wall lies after it: time is cut by instants, never by dates on the wall.
 */
export const startOf = (date: Day, zone: TimeZone): Instant =>
  instantAt(Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds);

const form = /^(\d{4})-(\d{2})-(\d{2})$/;

const isDay = (text: string): text is Day => {
  const [, year = '', month = '', dayOfMonth = ''] = form.exec(text) ?? [];
  return Number(dayOfMonth) >= 1 && Number(dayOfMonth) <= monthLength(Number(year), Number(month));
};
