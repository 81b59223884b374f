/**
 * Runs the mailbox as a program: `node local/ses/serve.ts --data mail.jsonl --port 8005`. Without `--data` mails live
 * in memory; without `--port` a free one is taken; `--clock FILE` gives them the time of a leaping clock. The first
 * line printed ends in the endpoint's URL.
 */
import { parseArgs } from 'node:util';
import { leapingClock } from '../leaping-clock.ts';
import { serveSes } from './serve-ses.ts';

const { values } = parseArgs({
  options: { data: { type: 'string' }, port: { type: 'string', default: '0' }, clock: { type: 'string' } },
});
const server = await serveSes({
  port: Number(values.port),
  ...(values.data !== undefined && { file: values.data }),
  ...(values.clock !== undefined && { now: leapingClock(values.clock).nowMs }),
});
console.log(`SES listening on ${server.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
