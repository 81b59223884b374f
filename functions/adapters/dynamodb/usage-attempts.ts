/**
 * Tries a call that may safely be made again until it succeeds, with a pause of
 * random length between tries, within ten seconds and eight tries in all; then it is
 * an outage. Every try has its own time limit, so none is left under way for long.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Bug } from '#domain/assert.ts';
import { asOutage } from './as-outage.ts';

export interface Chance {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Waits so many milliseconds between tries; real time unless given. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** How long one try may take: the farthest that an item can land behind the stamp it carries. */
const longestTryMs = 3_000;
const longestInAllMs = 10_000;
const mostTries = 8;
const longestPauseMs = 1_000;

/** One budget of time and tries, for the whole of an operation that may take several calls. */
export interface Attempts {
  readonly make: <Value>(doing: string, call: (signal: AbortSignal) => Promise<Value>) => Promise<Value>;
}

export const usageAttempts = ({ now, random, pause = sleep }: Chance): Attempts => {
  const until = now() + longestInAllMs;
  return {
    make: async (doing, call) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await withinLimit(call);
        } catch (error) {
          const outage = asOutage(doing, error);
          const pauseMs = random() * Math.min(longestPauseMs, 25 * 2 ** tries);
          if (outage instanceof Bug || tries === mostTries || now() + pauseMs > until) throw outage;
          await pause(pauseMs);
        }
      }
    },
  };
};

/** A signal of AbortSignal.timeout would hold all that the call holds until its time is over, long after the answer. */
const withinLimit = async <Value>(call: (signal: AbortSignal) => Promise<Value>): Promise<Value> => {
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort();
  }, longestTryMs);
  timer.unref(); // A limit is no reason to stay alive.
  try {
    return await call(limit.signal);
  } finally {
    clearTimeout(timer);
  }
};
