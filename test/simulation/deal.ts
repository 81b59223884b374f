/**
 * Deals jobs out to threads, one thread a core: a life is single-threaded and knows
 * nothing of the others, so how they are dealt out changes nothing in any of them.
 */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** `worker` is a module that answers each message it is sent with one message. */
export const deal = async <Job, Result>(
  worker: URL,
  jobs: Iterable<Job>,
  told: (result: Result) => void,
  threads: number = availableParallelism(),
): Promise<void> => {
  const line = Iterator.from(jobs);
  const work = async () => {
    const thread = new Worker(worker);
    try {
      for (;;) {
        const { done, value: job } = line.next();
        if (done === true) return;
        thread.postMessage(job);
        const [result] = (await once(thread, 'message')) as [Result];
        told(result);
      }
    } finally {
      await thread.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
};
