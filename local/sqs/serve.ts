/**
 * Runs the queues as a program: `node local/sqs/serve.ts --data queues.sqlite --port 9324`. Without `--data` they live
 * in memory; without `--port` a free one is taken. The first line printed ends in the endpoint's URL.
 */
import { parseArgs } from 'node:util';
import { createQueues } from './queues.ts';
import { serveSqs } from './serve-sqs.ts';

const { values } = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string', default: '0' } } });
const queues = createQueues({ now: Date.now, ...(values.data !== undefined && { file: values.data }) });
const server = await serveSqs({ queues, port: Number(values.port) });
console.log(`SQS listening on ${server.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.close().then(() => queues.close()));
}
