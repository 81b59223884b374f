/** The clock of a local or test stage: what it says, and moving it on. Time never goes back: books would be written before they were read. */
import { present } from '#domain/assert.ts';
import { refuse } from '#domain/refusal.ts';
import { addDaysTo } from '#domain/time/instant.ts';
import { testClockBody, testClockView } from '#events/api/operations.ts';
import { operation, type ApiPorts } from './operation.ts';

const clockOf = ({ testClock }: ApiPorts) =>
  present(testClock, 'this route is only served where there is a test clock');

/** A year and a day at a time: every night in between is lived through. */
const mostDays = 366;

export const readTestClock = operation({
  answers: testClockView,
  successes: [200],
  handle: async (_, ports) => ({ status: 200, body: { now: clockOf(ports).now() } }),
});

export const advanceTestClock = operation({
  body: testClockBody,
  answers: testClockView,
  successes: [200],
  handle: async ({ body: { advanceTo } }, ports) => {
    const clock = clockOf(ports);
    const now = clock.now();
    if (advanceTo < now) return refuse('clock_goes_forward', `It is ${now}; time does not go back.`, '/advanceTo');
    if (advanceTo > addDaysTo(now, mostDays)) {
      return refuse('invalid_request', `Time is moved at most ${String(mostDays)} days at once.`, '/advanceTo');
    }
    return { status: 200, body: await clock.advanceTo(advanceTo) };
  },
});
