/** One thread of a long run: lives the seeds it is sent, one at a time. */
import { parentPort } from 'node:worker_threads';
import { liveSeed } from './lived-seed.ts';
import type { Seed } from './run-seed.ts';

parentPort?.on('message', (seed: Seed) => {
  void liveSeed(seed).then((lived) => {
    parentPort?.postMessage(lived);
  });
});
