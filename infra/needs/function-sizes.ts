/**
 * Memory of each function, and how many of it may run at once where the lane does not
 * say. Memory buys processor time: 1,769 MB is one whole core, which rating uses.
 */
import { lanes } from '#functions/lanes.ts';
import { type FunctionName, lanesWithQueue } from './function-needs.ts';

export const memoryMb: Readonly<Record<FunctionName, number>> = {
  usage: 512,
  billing: 1769,
  numbers: 512,
  money: 512,
  messages: 1024,
  housekeeping: 256,
  api: 1024,
};

export const apiSeconds = 29;
const apiConcurrency = 20;

/** SQS starts no fewer than two; nothing of ours breaks when two run at once. */
export const queueConcurrency = (lane: keyof typeof lanes): number => Math.max(2, lanes[lane].concurrency);

/** A lane with doors as well as a queue has as many more, so that a full queue never shuts its doors. */
export const reservedConcurrency = (name: FunctionName, hasDoors: boolean): number => {
  if (name === 'api') return apiConcurrency;
  const ofQueue = lanesWithQueue.includes(name) ? queueConcurrency(name) : 0;
  return ofQueue + (hasDoors ? lanes[name].concurrency : 0);
};
