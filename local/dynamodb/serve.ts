/**
 * The embedded DynamoDB as a process: node local/dynamodb/serve.ts --data DIR [--port N] [--fsync]
 * [--compact-at BYTES] [--clock FILE] Prints one line when it is ready, and closes its log on SIGINT or
 * SIGTERM. Its clock is the machine's unless a leaping clock is given.
 */
import { parseArgs } from 'node:util';
import { leapingClock } from '../leaping-clock.ts';
import { serveDynamodb } from './serve-dynamodb.ts';
import { createStore } from './store.ts';
import { WriteAheadLog } from './write-ahead-log.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    fsync: { type: 'boolean', default: false },
    'compact-at': { type: 'string' },
    clock: { type: 'string' },
  },
});
if (values.data === undefined) throw new Error('--data DIR is missing');

const compactAt = values['compact-at'];
const log = new WriteAheadLog(values.data, {
  fsync: values.fsync,
  ...(compactAt !== undefined && { compactAt: Number(compactAt) }),
});
const now = values.clock === undefined ? Date.now : leapingClock(values.clock).nowMs;
const store = createStore({ now, log });
const door = await serveDynamodb({ store, port: Number(values.port) });
console.log(`dynamodb ready ${door.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void door.close().then(() => store.close()));
}
