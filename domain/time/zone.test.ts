/** Which names are time zones. */
import { expect, it } from 'vitest';
import { parseTimeZone, timeZone, utc } from './zone.ts';

it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'Asia/Calcutta', 'Etc/GMT+12'])(
  '%s is a time zone',
  (name) => {
    expect(parseTimeZone(name)).toBe(name);
  },
);

it('is written as the database writes it', () => {
  expect(parseTimeZone('europe/BERLIN')).toBe('Europe/Berlin');
  expect(timeZone('utc')).toBe(utc);
});

it.each([
  '+02:00',
  '-0500',
  'Z',
  'Berlin',
  'Europe/Atlantis',
  'Europe/',
  'local',
  'PST',
  ' UTC',
  'UTC\n',
  '',
  'A'.repeat(65),
])('"%s" is none', (text) => {
  expect(parseTimeZone(text)).toBeUndefined();
});

it('every zone the runtime lists is one', () => {
  const unknown = Intl.supportedValuesOf('timeZone').filter((name) => parseTimeZone(name) !== name);
  expect(unknown).toEqual([]);
});

it('a zone that must be one is asserted', () => {
  expect(() => timeZone('Europe/Atlantis')).toThrow('is an IANA time zone');
});
