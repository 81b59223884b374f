/**
 * The platform's own code as a process, against services named by the environment as a Lambda's are:
 * `node local/platform/serve.ts --port 4000` answers HTTP, `--lanes billing,money` works those lanes off,
 * and one process may do both. `--clock FILE` gives it a leaping clock. It keeps nothing: killed at any
 * moment and started again, it goes on. Prints one line once it is ready.
 */
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { assert, present } from '#domain/assert.ts';
import { sqsClient } from '#functions/adapters/aws-clients.ts';
import { apiHandler } from '#functions/api/api-handler.ts';
import { type LaneName, laneNames } from '#functions/lanes.ts';
import { openWorld } from '#functions/runtime/open-world.ts';
import { frontDoor, type HttpHandler } from '../front-door.ts';
import { laneHandlers } from '../lane-handlers.ts';
import { laneWorker } from '../lane-worker.ts';
import { leapingClock } from '../leaping-clock.ts';

const { values } = parseArgs({
  options: { port: { type: 'string' }, lanes: { type: 'string', default: '' }, clock: { type: 'string' } },
});
const isLane = (name: string): name is LaneName => (laneNames as readonly string[]).includes(name);
const lanes = values.lanes.split(',').filter((name) => name !== '');
assert(lanes.every(isLane), `--lanes are some of ${laneNames.join(', ')}`);

const world = openWorld(process.env, values.clock === undefined ? {} : { clock: leapingClock(values.clock) });
const handlers = laneHandlers(() => world);

const laneUrls = JSON.parse(present(process.env['LANE_URLS'], 'the environment names LANE_URLS')) as Readonly<
  Record<LaneName, string>
>;
/** Longer than a long poll. */
const pollTimeoutMs = 60_000;
const sqs = sqsClient(process.env, pollTimeoutMs);
const workers = lanes.map((lane) => laneWorker(lane, handlers[lane], sqs, laneUrls[lane]));

const front = frontDoor({ lane: (lane) => handlers[lane] as HttpHandler, api: apiHandler(() => world) });
if (values.port !== undefined) {
  const port = Number(values.port);
  await new Promise<void>((resolve, reject) => front.once('error', reject).listen(port, '127.0.0.1', resolve));
}
const address = front.address() as AddressInfo | null;
console.log(address === null ? 'platform ready' : `platform ready http://127.0.0.1:${String(address.port)}`);

const stop = async () => {
  front.close();
  front.closeIdleConnections();
  await Promise.all(workers.map((worker) => worker.stop()));
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
