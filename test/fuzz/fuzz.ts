/**
 * A run of the fuzz: lives of two thousand requests, one after the other, so that the
 * store stays small and a replay is short. Each life of open books ends with the audit,
 * and one in `monthEvery` with a month lived on.
 */
import { afterAMonth, type Month } from './after-a-month.ts';
import { booksOf, live, requestsALife } from './live.ts';
import { tally, type Tally } from './tally.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly bodies: number;
  readonly monthEvery?: number;
  readonly progress?: (sent: number, failed: number) => void;
}

export interface Fuzzed extends Tally {
  readonly months: readonly Month[];
}

export const fuzz = async ({ seed, bodies, monthEvery = 1, progress }: FuzzOptions): Promise<Fuzzed> => {
  const all = tally();
  const months: Month[] = [];
  for (let from = 0; from < bodies; from += requestsALife) {
    const to = Math.min(from + requestsALife, bodies);
    await live({ seed, from, to }, all.add, async (world) => {
      // What is said of the hours that restored books lost is made up here, and an audit finds that it is not so.
      if (booksOf(from) === 'restored') return;
      for (const { invariant, what, keys } of await world.audit())
        all.fail({ index: to - 1, what: `the audit after it: ${invariant} ${what} ${keys.join(' ')}` });
      if (Math.floor(from / requestsALife) % monthEvery !== 0) return;
      const month = await afterAMonth(world);
      months.push(month);
      for (const flaw of month.flaws) all.fail({ index: to - 1, what: `a month after it: ${flaw}` });
    });
    progress?.(to, all.failures.length);
  }
  return { ...all, months };
};
