/** Kills one of our processes at random every half second to three seconds, by the handle of our own child, and counts. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Chance, pick } from '../simulation/engine/chance.ts';
import type { Supervised } from './supervised.ts';

export interface Killer {
  readonly kills: ReadonlyMap<string, number>;
  readonly total: () => number;
  /** Nobody is killed until it goes on. */
  readonly rest: () => void;
  readonly goOn: () => void;
  readonly stop: () => Promise<void>;
}

const [leastMs, mostMs] = [500, 3_000];

/** `pace` 2 kills twice as often. */
export const killer = (victims: readonly Supervised[], random: Chance, pace: number): Killer => {
  const kills = new Map(victims.map(({ name }) => [name, 0]));
  let isResting = false;
  const stopping = new AbortController();

  const work = async () => {
    for (;;) {
      const waitMs = (leastMs + random() * (mostMs - leastMs)) / pace;
      await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      const victim = pick(random, victims as readonly [Supervised, ...Supervised[]]);
      if (!isResting && victim.kill()) kills.set(victim.name, (kills.get(victim.name) ?? 0) + 1);
    }
  };
  const working = work();

  return {
    kills,
    total: () => [...kills.values()].reduce((sum, count) => sum + count, 0),
    rest: () => {
      isResting = true;
    },
    goOn: () => {
      isResting = false;
    },
    stop: async () => {
      stopping.abort();
      await working;
    },
  };
};
