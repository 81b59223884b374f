/**
 * When a declined card is tried again: 3, 5 and 7 days after each failure, then
 * never by itself; a person takes over. Days are days of UTC: a retry may fall an
 * evening early or late on the customer's wall, and owes them nothing either way.
 */
import { addDays, type Day } from '../time/day.ts';

const daysUntilRetry = [3, 5, 7] as const;

/** The day to try again after charge number `retry` (0 the first) failed; null where the plan ends. */
export const retryDay = (retry: number, failedOn: Day): Day | null => {
  const days = daysUntilRetry[retry];
  return days === undefined ? null : addDays(failedOn, days);
};
