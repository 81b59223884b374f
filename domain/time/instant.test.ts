/** What reads as an instant, what does not, and steps from one to another. */
import { describe, expect, it } from 'vitest';
import { addDaysTo, addMinutes, addMs, epochMs, instant, instantAt, parseInstant } from './instant.ts';

describe('parseInstant', () => {
  it.each([
    ['2026-01-31T23:59:59.000Z', '2026-01-31T23:59:59.000Z'],
    ['2026-01-31T23:59:59Z', '2026-01-31T23:59:59.000Z'],
    ['2026-01-31t23:59:59z', '2026-01-31T23:59:59.000Z'],
    ['2026-01-31T23:59:59.5Z', '2026-01-31T23:59:59.500Z'],
    ['2026-01-31T23:59:59.999999999Z', '2026-01-31T23:59:59.999Z'],
    ['2026-02-01T00:59:59.123456+01:00', '2026-01-31T23:59:59.123Z'],
    ['2026-01-31T12:00:00-12:00', '2026-02-01T00:00:00.000Z'],
    ['2026-02-01T00:00:00-00:00', '2026-02-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
    ['1969-12-31T23:30:00-01:00', '1970-01-01T00:30:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    ['a day it has not', '2026-02-29T00:00:00Z'],
    ['a century that is no leap year', '2100-02-29T00:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['month 0', '2026-00-01T00:00:00Z'],
    ['day 0', '2026-01-00T00:00:00Z'],
    ['hour 24', '2026-01-31T24:00:00Z'],
    ['minute 60', '2026-01-31T23:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['a leap second with an offset', '2017-01-01T00:59:60+01:00'],
    ['ten places', '2026-01-31T23:59:59.1234567890Z'],
    ['a point with no places', '2026-01-31T23:59:59.Z'],
    ['no zone', '2026-01-31T23:59:59'],
    ['an offset of 24 hours', '2026-01-31T23:59:59+24:00'],
    ['an offset without a colon', '2026-01-31T23:59:59+0100'],
    ['a named zone', '2026-01-31T23:59:59+01:00[Europe/Berlin]'],
    ['a space for T', '2026-01-31 23:59:59Z'],
    ['seconds left out', '2026-01-31T23:59Z'],
    ['a day alone', '2026-01-31'],
    ['seconds since the epoch', '1769903999'],
    ['space around it', ' 2026-01-31T23:59:59Z'],
    ['a line after it', '2026-01-31T23:59:59Z\n'],
    ['digits of another script', '٢٠٢٦-01-31T23:59:59Z'],
    ['a year before 1970', '1969-12-31T23:59:59.999Z'],
    ['a year before 1970 in UTC', '1970-01-01T00:00:00+00:01'],
    ['a year before 0000 in UTC', '0000-01-01T00:00:00+00:01'],
    ['a year past 9999 in UTC', '9999-12-31T23:59:59-00:01'],
    ['a year of six digits', '+012026-01-31T23:59:59Z'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

it('an instant is asserted in exactly one form', () => {
  expect(instant('2026-01-31T23:59:59.000Z')).toBe('2026-01-31T23:59:59.000Z');
  expect(() => instant('2026-01-31T23:59:59Z')).toThrow('is a UTC instant with milliseconds');
  expect(() => instant('2026-02-29T00:00:00.000Z')).toThrow('is a UTC instant with milliseconds');
});

it('counts milliseconds since 1970', () => {
  // 56 years of 365 days and 14 leap days, 30 days of January, and the day less one second.
  expect(epochMs(instant('2026-01-31T23:59:59.000Z'))).toBe((56 * 365 + 14 + 30) * 86_400_000 + 86_399_000);
  expect(instantAt(0)).toBe('1970-01-01T00:00:00.000Z');
  expect(() => instantAt(253_402_300_800_000)).toThrow('is a UTC instant');
});

it('steps by what it says', () => {
  const last = instant('2026-02-28T23:59:59.999Z');
  expect(addMs(last, 1)).toBe('2026-03-01T00:00:00.000Z');
  expect(addMinutes(last, -1440)).toBe('2026-02-27T23:59:59.999Z');
  // 24 hours over the night of 29 March, when Berlin has a day of 23: 22:00 becomes 23:00 there.
  expect(addDaysTo(instant('2026-03-28T21:00:00.000Z'), 1)).toBe('2026-03-29T21:00:00.000Z');
});
