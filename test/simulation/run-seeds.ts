/**
 * Lives seeds side by side, one thread a core: a seed is single-threaded and knows
 * nothing of the others, so how they are dealt out changes nothing in any of them.
 */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { LivedSeed } from './lived-seed.ts';
import type { Seed } from './run-seed.ts';

export const runSeeds = async (
  seeds: Iterable<Seed>,
  lived: (one: LivedSeed) => void,
  threads: number = availableParallelism(),
): Promise<void> => {
  const line = Iterator.from(seeds);
  const work = async () => {
    const worker = new Worker(new URL('seed-worker.ts', import.meta.url));
    try {
      for (const seed of line) {
        worker.postMessage(seed);
        const [one] = (await once(worker, 'message')) as [LivedSeed];
        lived(one);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
};
