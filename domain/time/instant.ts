/**
 * An instant is a moment in UTC to the millisecond, always written
 * `2026-01-31T23:59:59.000Z`. The text sorts in time order for the years 0000 to
 * 9999, so instants compare with `<`, print as they are and serve as keys unchanged.
 */
import { Temporal } from 'temporal-polyfill';
import { assert } from '../assert.ts';
import { monthLength } from './month-length.ts';

export type Instant = string & { readonly '': 'Instant' };

/**
 * The instant an RFC 3339 text names, with `Z` or an offset and up to nine places of
 * seconds, of which three are kept. Undefined for any other text, for a leap second,
 * for a date the calendar does not have, and outside the years 1970 to 9999 in UTC.
 */
export const parseInstant = (text: string): Instant | undefined => {
  const parsed = inCommonForm(text) ?? inAnyForm(text);
  // Years before 0000 and past 9999 open with a sign, which sorts before every digit.
  return parsed !== undefined && parsed >= '1970' ? parsed : undefined;
};

/** The instant of a text already known to be one, in exactly the form above. */
export const instant = (text: string): Instant => {
  assert(inCommonForm(text) === text, `"${text}" is a UTC instant with milliseconds`);
  return text as Instant;
};

export const instantAt = (epochMs: number): Instant =>
  instant(Temporal.Instant.fromEpochMilliseconds(epochMs).toString({ smallestUnit: 'millisecond' }));

/** Milliseconds since 1970-01-01T00:00Z. */
export const epochMs = (moment: Instant): number => Temporal.Instant.from(moment).epochMilliseconds;

export const addMs = (moment: Instant, ms: number): Instant => instantAt(epochMs(moment) + ms);

export const addMinutes = (moment: Instant, minutes: number): Instant => addMs(moment, minutes * 60_000);

/** Steps of exactly 24 hours. Calendar days are stepped in day.ts: with summer time a day has 23 or 25 hours. */
export const addDaysTo = (moment: Instant, days: number): Instant => addMs(moment, days * 86_400_000);

/**
 * Reads `YYYY-MM-DDTHH:MM:SSZ`, bare or with three places, as nearly every event comes
 * in: dozens of times faster than Temporal, and held to its answers by a test.
 */
const inCommonForm = (text: string): Instant | undefined => {
  const withMs = text.length === 24;
  if (!withMs && text.length !== 20) return undefined;
  const isPunctuated =
    text[4] === '-' &&
    text[7] === '-' &&
    text[10] === 'T' &&
    text[13] === ':' &&
    text[16] === ':' &&
    text[text.length - 1] === 'Z' &&
    (!withMs || (text[19] === '.' && digitsAt(text, 20, 3) >= 0));
  if (!isPunctuated) return undefined;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 2);
  const dayOfMonth = digitsAt(text, 8, 2);
  const isDate = year >= 0 && dayOfMonth >= 1 && dayOfMonth <= monthLength(year, month);
  if (!isDate || !isBelow(24, text, 11) || !isBelow(60, text, 14) || !isBelow(60, text, 17)) return undefined;
  return (withMs ? text : `${text.slice(0, 19)}.000Z`) as Instant;
};

const isBelow = (limit: number, text: string, at: number): boolean => {
  const value = digitsAt(text, at, 2);
  return value >= 0 && value < limit;
};

/** The whole number `count` digits spell, or −1 where one of them is no digit. */
const digitsAt = (text: string, at: number, count: number): number => {
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
};

const rfc3339 = /^([\d-]{10})T([\d:]{8})(\.\d{1,9})?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/** Any other RFC 3339 text. Date and clock are checked first, so Temporal only has to move them to UTC. */
const inAnyForm = (text: string): Instant | undefined => {
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [, date = '', clock = '', fraction = '', offset = ''] = match;
  if (inCommonForm(`${date}T${clock}Z`) === undefined) return undefined;
  const moment = Temporal.Instant.from(`${date}T${clock}${fraction.slice(0, 4)}${offset.toUpperCase()}`);
  return moment.toString({ smallestUnit: 'millisecond' }) as Instant;
};
