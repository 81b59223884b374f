/**
 * Keeps the local cloud's time: fires its schedules when their hour comes, and
 * lives every hour in between when the test clock is set forward. Nothing is skipped:
 * before the clock moves on, every message, webhook and settlement that is due has
 * been worked off, as it would have been had the time passed.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '#domain/time/instant.ts';
import type { MovableClock } from './clock.ts';
import type { Queues } from './sqs/queues.ts';
import type { StripeDouble } from './stripe/double.ts';

export interface Timekeeper {
  start(): void;
  stop(): Promise<void>;
  /** Lives all time up to then; how many schedules ran. One at a time. */
  advanceTo(ms: number): Promise<{ readonly now: Instant; readonly schedulesRun: number }>;
  /** Stands still, so that a story's hours are all its own; `advanceTo` lets time go on. */
  hold(): void;
  /** Lets time pass in which no schedule fired, as when the scheduler was down. */
  miss(ms: number): void;
  /** Resolves once nothing is under way: no message waits or is worked on, no webhook is due. */
  quiet(): Promise<void>;
}

/** What fires by itself, of the flow or of a template. */
export interface Schedules<Firing extends { readonly atMs: number }> {
  /** Everything that fires at the earliest time after this one. */
  next(afterMs: number): readonly Firing[];
  /** Whether it would find nothing to do now; then its hour passes without it. */
  isIdle(firing: Firing): Promise<boolean>;
  send(firings: readonly Firing[]): Promise<void>;
}

export interface TimekeeperParts<Firing extends { readonly atMs: number }> {
  readonly clock: MovableClock;
  readonly queues: Queues;
  readonly stripe: StripeDouble;
  readonly busy: () => boolean;
  readonly schedules: Schedules<Firing>;
  /** Queues that nobody works off: what lies there is not waited for. */
  readonly deadLetters: readonly string[];
  /** Where the last firing is kept. */
  readonly file: string;
}

const looksEveryMs = 200;
/** How far a kill can set the clock of an advance back, in the machine's own time. */
const keepsEveryMs = 250;

export const timekeeper = <Firing extends { readonly atMs: number }>({
  clock,
  queues,
  stripe,
  busy,
  schedules,
  deadLetters,
  file,
}: TimekeeperParts<Firing>): Timekeeper => {
  let firedUpTo = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { firedUpToMs: number }).firedUpToMs
    : clock.nowMs();
  let advancing: Promise<unknown> = Promise.resolve();
  let stopped = false;
  let isAdvancing = false;

  const keep = (ms: number) => {
    firedUpTo = ms;
    writeFileSync(`${file}.part`, JSON.stringify({ firedUpToMs: ms }));
    renameSync(`${file}.part`, file);
  };

  /** How many messages the firings became. */
  const fire = async (firings: readonly Firing[]): Promise<number> => {
    const due: Firing[] = [];
    for (const firing of firings) if (!(await schedules.isIdle(firing))) due.push(firing);
    firedUpTo = firings[0]?.atMs ?? firedUpTo;
    if (due.length === 0) return 0;
    clock.keep();
    await schedules.send(due);
    keep(firedUpTo);
    return due.length;
  };

  const waiting = () => {
    const dead = new Set(deadLetters);
    return Object.entries(queues.counts()).filter(([queue, { visible }]) => visible > 0 && !dead.has(queue)).length > 0;
  };

  const stripeDue = () => (stripe.nextDueAt() ?? Infinity) <= clock.nowMs();

  /** When a message comes back or something falls due at the provider. */
  const nextOfTheOthers = (): number => Math.min(queues.nextVisibleAt() ?? Infinity, stripe.nextDueAt() ?? Infinity);

  const quiet = async () => {
    // Twice in a row, for a worker may stand between taking a message and saying so.
    for (let calm = 0; calm < 2;) {
      if (stripeDue()) await stripe.runDue();
      calm = waiting() || busy() || stripeDue() ? 0 : calm + 1;
      await pause(calm === 0 ? 3 : 1);
    }
  };

  let keptAt = 0;
  const remember = () => {
    clock.keep();
    keep(firedUpTo);
    keptAt = performance.now();
  };

  const live = async (toMs: number) => {
    // Another caller moved it past there meanwhile: it is lived already.
    if (toMs < clock.nowMs()) return { now: clock.now(), schedulesRun: 0 };
    let schedulesRun = 0;
    clock.standAt(clock.nowMs());
    await quiet();
    try {
      // Looked up again only after something happened: most hours of a month pass without a message.
      let waitingUntil = nextOfTheOthers();
      for (;;) {
        const firings = schedules.next(firedUpTo);
        const firesAt = firings[0]?.atMs ?? Infinity;
        const at = Math.min(firesAt, waitingUntil);
        if (at > toMs || stopped) break;
        if (performance.now() - keptAt > keepsEveryMs) remember();
        clock.standAt(Math.max(at, clock.nowMs()));
        if (waitingUntil <= at) queues.wake();
        schedulesRun += firesAt === at ? firings.length : 0;
        // Where nothing came of the hour, time may go on at once.
        if (firesAt === at && (await fire(firings)) === 0 && waitingUntil > at) continue;
        await quiet();
        waitingUntil = nextOfTheOthers();
      }
      if (!stopped) {
        clock.standAt(toMs);
        queues.wake();
        await quiet();
      }
    } finally {
      keep(firedUpTo);
      clock.release();
    }
    return { now: clock.now(), schedulesRun };
  };

  const look = async () => {
    for (;;) {
      if (stopped) return;
      if (!isAdvancing) {
        if (stripeDue()) await stripe.runDue();
        // After time away a step whose hour passed many times fires once for each; every firing finds only what is left.
        const firings = schedules.next(firedUpTo);
        if ((firings[0]?.atMs ?? Infinity) <= clock.nowMs()) await fire(firings);
        else await pause(looksEveryMs);
      } else await pause(looksEveryMs);
    }
  };
  let looking: Promise<void> = Promise.resolve();

  return {
    start: () => {
      keep(firedUpTo);
      looking = look();
    },
    stop: async () => {
      stopped = true;
      await looking;
      await advancing;
    },
    advanceTo: (ms) => {
      const next = advancing.then(async () => {
        isAdvancing = true;
        try {
          return await live(ms);
        } finally {
          isAdvancing = false;
        }
      });
      advancing = next.catch(() => undefined);
      return next;
    },
    hold: () => {
      clock.standAt(clock.nowMs());
    },
    miss: (ms) => {
      clock.standAt(ms);
      clock.keep();
      keep(ms);
      queues.wake();
    },
    quiet,
  };
};
