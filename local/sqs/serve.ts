/**
 * Runs the queues as a program: `node local/sqs/serve.ts --data queues.sqlite --port 9324`. Without `--data` they live
 * in memory; without `--port` a free one is taken; `--clock FILE` gives them a leaping clock. The first line printed
 * ends in the endpoint's URL.
 */
import { parseArgs } from 'node:util';
import { leapingClock } from '../leaping-clock.ts';
import { createQueues } from './queues.ts';
import { serveSqs } from './serve-sqs.ts';

const { values } = parseArgs({
  options: { data: { type: 'string' }, port: { type: 'string', default: '0' }, clock: { type: 'string' } },
});
const clock = values.clock === undefined ? undefined : leapingClock(values.clock);
const queues = createQueues({
  now: clock?.nowMs ?? Date.now,
  ...(values.data !== undefined && { file: values.data }),
});
clock?.onLeap(() => queues.wake());
const server = await serveSqs({ queues, port: Number(values.port) });
console.log(`SQS listening on ${server.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.close().then(() => queues.close()));
}
