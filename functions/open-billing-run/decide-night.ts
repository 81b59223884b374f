/**
 * Which night is to be billed next: the oldest one that has something due and was
 * not worked on, and tonight once there is none. A night's run bills the periods
 * that ended by its midnight in UTC; it starts an hour later, so the last usage of
 * a period has an hour to arrive.
 */
import { addDays, type Day, utcDay } from '#domain/time/day.ts';
import { addMinutes, type Instant, instant } from '#domain/time/instant.ts';

export const dueByOf = (night: Day): Instant => instant(`${night}T00:00:00.000Z`);

/** The newest night whose hour has come. */
const tonight = (now: Instant): Day => utcDay(addMinutes(now, -60));

/** Undefined where every night up to tonight is done. `earliestDue` is when the oldest unbilled period ended. */
export const decideNight = (last: Day | undefined, earliestDue: Instant | undefined, now: Instant): Day | undefined => {
  const newest = tonight(now);
  const oldest = last === undefined ? undefined : addDays(last, 1);
  if (oldest !== undefined && oldest > newest) return undefined;
  const firstWithWork = earliestDue === undefined ? newest : latest(nightOf(earliestDue), oldest);
  return firstWithWork > newest ? newest : firstWithWork;
};

/** The first night by whose midnight the instant has passed. */
const nightOf = (ended: Instant): Day => (ended === dueByOf(utcDay(ended)) ? utcDay(ended) : addDays(utcDay(ended), 1));

const latest = (a: Day, b: Day | undefined): Day => (b === undefined || a > b ? a : b);
