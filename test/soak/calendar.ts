/**
 * The compressed calendar. Within an hour time goes at the machine's own pace, for all
 * processes alike; then their common clock leaps to the next. It leaps only while no
 * request of a customer or product is under way, since a request that took an hour is
 * none the platform ever meets; what the platform itself has under way is given a moment,
 * and then is leapt over as by a machine that froze. So a stored event never lies an
 * hour behind its stamp, and visibility timeouts, waits, webhooks and keys all run out
 * in the calendar's time.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '#functions/runtime/world.ts';
import type { LeapingClock } from '#local/leaping-clock.ts';
import { fireSchedules } from './fire-schedules.ts';
import type { QueueWatch } from './queue-watch.ts';

export interface CalendarParts {
  readonly clock: LeapingClock;
  readonly world: World;
  readonly queues: QueueWatch;
  /** What customers and products do within a step; resolves when all of it is answered or has failed. */
  readonly act: () => Promise<void>;
}

export interface StepOptions {
  /** From one full hour (or quarter, or minute) to the next. */
  readonly stepMs: number;
  /** What is under way gets so long, in real time, as long as anything still moves. */
  readonly patienceMs: number;
  /** No step is shorter, in real time. */
  readonly leastMs?: number;
}

export interface Calendar {
  readonly step: (options: StepOptions) => Promise<void>;
  /** Waits until nothing is under way, for so long in real time at most; whether it came to that. */
  readonly calm: (patienceMs: number) => Promise<boolean>;
  /** Schedules that did not fire because the queues were away. */
  readonly missed: () => number;
}

/** Looking costs the queues something too, so the second look comes later than the first. */
const firstLookMs = 5;
const longestPauseMs = 50;
/** Where no message came or went for so long, what is hidden was in the hands of somebody killed, or comes back by the clock alone. */
const stillMs = 250;

export const calendar = ({ clock, world, queues, act }: CalendarParts): Calendar => {
  let missed = 0;
  let firedUpTo = clock.nowMs();

  const calm = async (patienceMs: number, restlessMs = stillMs) => {
    const until = performance.now() + patienceMs;
    let before = await queues.underWay();
    let stillUntil = performance.now() + restlessMs;
    for (let waitMs = firstLookMs; before !== 0; waitMs *= 2) {
      if (performance.now() > Math.min(until, stillUntil)) return false;
      await pause(Math.min(waitMs, longestPauseMs));
      const found = await queues.underWay();
      if (found !== before) stillUntil = performance.now() + restlessMs;
      before = found;
    }
    return true;
  };

  return {
    step: async ({ stepMs, patienceMs, leastMs = 0 }) => {
      const began = performance.now();
      await act();
      await calm(patienceMs);
      await pause(Math.max(0, leastMs - (performance.now() - began)));
      clock.leap(stepMs - (clock.nowMs() % stepMs));
      const now = clock.nowMs();
      if (!(await fireSchedules(world, firedUpTo, now))) missed += 1;
      firedUpTo = now;
    },
    calm: (patienceMs) => calm(patienceMs, patienceMs),
    missed: () => missed,
  };
};
