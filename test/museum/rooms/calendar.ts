/** The calendar and the clock. */
import type { Exhibit } from '../exhibit.ts';

const periods = 'domain/time/period.test.ts';
const periodLaws = 'domain/time/period.laws.test.ts';
const days = 'domain/time/day.test.ts';

export const calendar: readonly Exhibit[] = [
  {
    ...{ row: 61, starred: true, patch: '61-the-31st-drifts' },
    where: 'polarsource/polar#10664',
    putBack: 'A period starts a month after the one before, not n months after the anchor.',
    breaks: ['I11'],
    caughtBy: [
      { by: 'test', file: periods, name: 'the 31st comes back after February' },
      {
        by: 'test',
        file: 'test/stories/bill-day-31.story.test.ts',
        name: 'A subscription of the 31st is billed on the last day',
      },
    ],
  },
  {
    ...{ row: 62, starred: true, patch: '62-a-day-of-24-hours' },
    where: 'killbill/killbill#445',
    putBack: 'The next day is 24 hours on, so on the day of 25 hours the billing date does not advance.',
    breaks: ['I11', 'I37', 'I40'],
    caughtBy: [{ by: 'test', file: periods, name: 'days move on over both changes of the clocks' }],
  },
  {
    ...{ row: 64, patch: '64-the-period-before-on-29-february' },
    where: 'getlago/lago-api#1840',
    putBack: 'A moment is looked for in the period its month names and in the one before.',
    breaks: ['I11'],
    caughtBy: [{ by: 'test', file: periodLaws, name: 'every instant lies in exactly the period its index names' }],
  },
  {
    ...{ row: 65, patch: '65-one-offset-for-the-year' },
    where: 'killbill/killbill#743',
    putBack: 'The day on the wall is told by the zone’s offset of January.',
    breaks: ['I40'],
    caughtBy: [{ by: 'test', file: days, name: 'is the date on the wall at each minute of both days' }],
  },
  {
    ...{ row: 67, patch: '67-the-day-of-utc-on-the-bill' },
    where: 'killbill/killbill#139',
    putBack: 'The days on a bill are the days of UTC.',
    breaks: ['I12', 'I40'],
    caughtBy: [{ by: 'test', file: 'test/stories/two-time-zones.story.test.ts', name: 'The same instant is January' }],
  },
  {
    ...{ row: 71, patch: '71-the-later-of-two-midnights' },
    where: 'home-assistant/core#114721, #102984',
    putBack: 'A day with two midnights starts at the later one, and an hour belongs to two days.',
    breaks: ['I4'],
    caughtBy: [{ by: 'test', file: days, name: 'starts at its first midnight where the clock passes midnight twice' }],
  },
];
