/**
 * After the last kill: customers and products send what was not answered yet and then
 * fall silent, a person puts back what was given up on, and a week goes by in which
 * nights, retries and late webhooks work off the rest. Then nothing is under way.
 */
import type { Calendar, StepOptions } from './calendar.ts';
import type { QueueWatch } from './queue-watch.ts';
import type { Sender } from './sender.ts';

export interface Rest {
  /** Whether every request was answered and every queue is empty. */
  readonly isCalm: boolean;
  /** Messages that had been given up on. */
  readonly redriven: number;
}

const hourMs = 3_600_000;
const hour: StepOptions = { stepMs: hourMs, patienceMs: 2_000 };
/** As often as payments without an outcome are looked after. */
const fourHours: StepOptions = { ...hour, stepMs: 4 * hourMs };
/** A webhook is sent again for three days, and a bank debit takes four. */
const daysOfRest = 7;
const mostDaysMore = 14;
/** The provider looks at its clock twenty times a second; a webhook it just sent must not be leapt over at the very end. */
const lastStep: StepOptions = { ...hour, leastMs: 300 };
const lastSteps = 6;
/** What is still under way after that is stuck. */
const longestMs = 10_000;

export const comeToRest = async (calendar: Calendar, queues: QueueWatch, sender: Sender): Promise<Rest> => {
  const live = async (steps: number, options: StepOptions) => {
    for (let n = 0; n < steps; n += 1) await calendar.step(options);
  };
  const isCalm = async () =>
    sender.waiting() === 0 && (await calendar.calm(longestMs)) && (await queues.deadLetters()) === 0;

  let redriven = await queues.redrive();
  await live(24, hour);
  redriven += await queues.redrive();
  await live((daysOfRest - 1) * 6, fourHours);
  for (let day = 0; day < mostDaysMore && !(await isCalm()); day += 1) await live(6, fourHours);
  await live(lastSteps, lastStep);
  return { isCalm: await isCalm(), redriven };
};
