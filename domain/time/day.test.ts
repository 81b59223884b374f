/** Days of the calendar, and the midnights at which they start in one zone or another. */
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, day, dayIn, daysBetween, parseDay, startOf, utcDay } from './day.ts';
import { addMs, epochMs, instant } from './instant.ts';
import { timeZone, utc } from './zone.ts';

const hoursOf = (date: string, zone: string): number => {
  const from = startOf(day(date), timeZone(zone));
  return (epochMs(startOf(addDays(day(date), 1), timeZone(zone))) - epochMs(from)) / 3_600_000;
};

it.each(['2026-01-31', '2024-02-29', '1970-01-01', '9999-12-31'])('%s is a day', (text) => {
  expect(parseDay(text)).toBe(text);
});

it.each([
  '2026-02-29',
  '2026-04-31',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '2026-1-31',
  '1969-12-31',
  '20260131',
  '',
])('"%s" is no day', (text) => {
  expect(parseDay(text)).toBeUndefined();
});

it('a day is asserted', () => {
  expect(() => day('2026-02-30')).toThrow('"2026-02-30" is a day of the calendar');
});

it('months are counted from the anchor, and cut at the month’s end', () => {
  const steps = [-2, -1, 0, 1, 2, 3, 13, 25].map((n) => addMonths(day('2026-01-31'), n));
  expect(steps).toEqual([
    '2025-11-30',
    '2025-12-31',
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
    '2027-02-28',
    '2028-02-29',
  ]);
  expect([12, 48].map((n) => addMonths(day('2024-02-29'), n))).toEqual(['2025-02-28', '2028-02-29']);
});

it('days are counted over February', () => {
  expect(addDays(day('2024-02-28'), 2)).toBe('2024-03-01');
  expect(addDays(day('2026-01-01'), -1)).toBe('2025-12-31');
  expect(daysBetween(day('2024-02-01'), day('2024-03-01'))).toBe(29);
  expect(daysBetween(day('2026-03-01'), day('2026-02-01'))).toBe(-28);
});

describe('a day in a zone', () => {
  it.each([
    // [zone, day, its first instant]
    ['UTC', '2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['Europe/Berlin', '2026-01-31', '2026-01-30T23:00:00.000Z'],
    ['Europe/Berlin', '2026-07-31', '2026-07-30T22:00:00.000Z'],
    ['Asia/Kolkata', '2026-01-31', '2026-01-30T18:30:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-31', '2026-01-30T10:00:00.000Z'], // UTC+14
    ['Etc/GMT+12', '2026-01-31', '2026-01-31T12:00:00.000Z'], // UTC−12
  ])('%s %s starts at %s, and not a millisecond before', (zone, date, expected) => {
    const from = startOf(day(date), timeZone(zone));
    expect(from).toBe(expected);
    expect(dayIn(from, timeZone(zone))).toBe(date);
    expect(dayIn(addMs(from, -1), timeZone(zone))).toBe(addDays(day(date), -1));
  });

  it.each([
    ['Europe/Berlin', '2026-03-28', 24],
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5], // goes back by half an hour
    ['Africa/Cairo', '2026-04-24', 23], // midnight itself is skipped
    ['Pacific/Apia', '2011-12-30', 0], // Samoa crossed the date line
    ['Pacific/Apia', '2011-12-29', 24],
  ])('in %s %s has %d hours', (zone, date, hours) => {
    expect(hoursOf(date, zone)).toBe(hours);
  });

  it('starts at one o’clock where summer time swallows midnight', () => {
    expect(startOf(day('2026-04-24'), timeZone('Africa/Cairo'))).toBe('2026-04-23T22:00:00.000Z');
  });

  it('starts where the next does when the zone skipped it', () => {
    const apia = timeZone('Pacific/Apia');
    expect(startOf(day('2011-12-30'), apia)).toBe('2011-12-30T10:00:00.000Z');
    expect(dayIn(instant('2011-12-30T09:59:59.999Z'), apia)).toBe('2011-12-29');
    expect(dayIn(instant('2011-12-30T10:00:00.000Z'), apia)).toBe('2011-12-31');
  });

  it('starts at its first midnight where the clock passes midnight twice', () => {
    // St John’s went back from 00:01 to 23:01: 7 November began at 02:30Z, and the wall read 6 November again till 03:30Z.
    const stJohns = timeZone('America/St_Johns');
    expect(startOf(day('2010-11-07'), stJohns)).toBe('2010-11-07T02:30:00.000Z');
    expect(dayIn(instant('2010-11-07T02:30:59.999Z'), stJohns)).toBe('2010-11-07');
    expect(dayIn(instant('2010-11-07T02:31:00.000Z'), stJohns)).toBe('2010-11-06');
  });

  it('is the date on the wall at each minute of both days on which the clock changes', () => {
    for (const [date, minutes] of [
      ['2026-03-29', 23 * 60],
      ['2026-10-25', 25 * 60],
    ] as const) {
      const from = startOf(day(date), timeZone('Europe/Berlin'));
      for (let minute = 0; minute < minutes; minute++) {
        expect(dayIn(addMs(from, minute * 60_000), timeZone('Europe/Berlin'))).toBe(date);
      }
      expect(dayIn(addMs(from, minutes * 60_000), timeZone('Europe/Berlin'))).toBe(addDays(day(date), 1));
    }
  });
});

it('the day in UTC is the text’s own', () => {
  const lastOfYear = instant('2025-12-31T23:59:59.999Z');
  expect(utcDay(lastOfYear)).toBe('2025-12-31');
  expect(dayIn(lastOfYear, utc)).toBe('2025-12-31');
});
