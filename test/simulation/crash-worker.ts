/** One thread of a run over the crash points: strikes those it is sent, a handful at a time. */
import { parentPort } from 'node:worker_threads';
import { type CrashJob, strikeAll } from './crash-points.ts';

parentPort?.on('message', (job: CrashJob) => {
  void strikeAll(job).then((struck) => {
    parentPort?.postMessage(struck);
  });
});
