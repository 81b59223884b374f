/**
 * A time zone is a name from the IANA database, such as `Europe/Berlin`: a place's rules,
 * past and to come. An offset (`+02:00`) is refused, since it knows no summer time.
 */
import { Temporal } from 'temporal-polyfill';
import { assert } from '../assert.ts';

export type TimeZone = string & { readonly '': 'TimeZone' };

export const utc = 'UTC' as TimeZone;

/** The zone a text names, in the database's own spelling, or undefined. Old names (`Asia/Calcutta`) stay as given. */
export const parseTimeZone = (text: string): TimeZone | undefined => {
  if (!nameForm.test(text)) return undefined;
  try {
    return new Temporal.ZonedDateTime(0n, text).timeZoneId as TimeZone;
    // eslint-disable-next-line no-restricted-syntax -- to construct one is the only way to ask: the runtime lists no old names
  } catch {
    return undefined;
  }
};

/** The zone of a name already known to be one. */
export const timeZone = (text: string): TimeZone => {
  const zone = parseTimeZone(text);
  assert(zone !== undefined, `"${text}" is an IANA time zone`);
  return zone;
};

const nameForm = /^(?=.{1,64}$)[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/;
