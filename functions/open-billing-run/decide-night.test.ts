/** Which night is billed next: the oldest with work, tonight when there is none, and no night twice. */
import { describe, expect, it } from 'vitest';
import { day } from '#domain/time/day.ts';
import { instant } from '#domain/time/instant.ts';
import { decideNight } from './decide-night.ts';

const at = (text: string) => instant(`${text}:00.000Z`);
const night = (last: string | undefined, earliestDue: string | undefined, now: string) =>
  decideNight(
    last === undefined ? undefined : day(last),
    earliestDue === undefined ? undefined : at(earliestDue),
    at(now),
  );

describe('the night to bill next', () => {
  it.each([
    // last done     oldest period ended    now                 night
    [undefined, undefined, '2026-02-01T01:00', '2026-02-01', 'nothing is due: tonight'],
    [undefined, '2026-02-01T00:00', '2026-02-01T01:00', '2026-02-01', 'a period that ended at this very midnight'],
    [undefined, '2026-02-01T00:01', '2026-02-02T01:00', '2026-02-02', 'a minute after midnight is the next night’s'],
    ['2026-01-31', '2026-01-31T11:00', '2026-02-01T01:00', '2026-02-01', 'Auckland’s January ends at noon of the 31st'],
    ['2026-02-01', '2026-02-01T10:00', '2026-02-02T01:00', '2026-02-02', 'Honolulu’s January ends on the 1st'],
    ['2026-01-20', '2026-01-25T00:00', '2026-03-10T06:00', '2026-01-25', 'missed nights: the oldest with work first'],
    ['2026-02-01', '2026-01-01T00:00', '2026-02-03T06:00', '2026-02-02', 'a parked period is tried each night after'],
    ['2026-01-31', '2026-02-01T00:00', '2026-02-01T00:59', undefined, 'tonight begins at one o’clock'],
    ['2026-02-01', undefined, '2026-02-01T23:00', undefined, 'tonight is done'],
    ['2026-01-31', '2026-02-05T00:00', '2026-02-01T01:00', '2026-02-01', 'what ends later is not tonight’s'],
  ])('after %s, oldest %s, now %s: %s (%s)', (last, earliestDue, now, expected, _because) => {
    expect(night(last, earliestDue, now)).toBe(expected);
  });
});
