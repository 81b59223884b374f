/**
 * The double as a process of its own:
 * `node local/stripe/serve.ts --port 12111 --file stripe.log --webhook http://127.0.0.1:4000/webhooks/stripe --secret whsec_local`.
 * Its clock is the real one unless `--clock-speed 43200 --clock-origin 2026-01-01T00:00:00Z` makes a
 * day pass in two seconds from that instant of real time on; both together give the same clock after a
 * restart. `--clock FILE` gives it a leaping clock instead. Prints one line of JSON with its url once it listens.
 */
import { parseArgs } from 'node:util';
import { assert } from '#domain/assert.ts';
import { leapingClock } from '../leaping-clock.ts';
import { createStripeDouble } from './double.ts';
import { serveStripe } from './serve-stripe.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '12111' },
    file: { type: 'string' },
    webhook: { type: 'string' },
    secret: { type: 'string', default: 'whsec_local' },
    'clock-speed': { type: 'string', default: '1' },
    'clock-origin': { type: 'string' },
    clock: { type: 'string' },
  },
});

const speed = Number(values['clock-speed']);
const origin = values['clock-origin'] === undefined ? Date.now() : Date.parse(values['clock-origin']);
assert(speed > 0 && Number.isFinite(origin), '--clock-speed is a positive number and --clock-origin an instant');

const double = createStripeDouble({
  now:
    values.clock === undefined
      ? () => Math.floor(origin + (Date.now() - origin) * speed)
      : leapingClock(values.clock).nowMs,
  ...(values.file === undefined ? {} : { file: values.file }),
  ...(values.webhook === undefined ? {} : { webhook: { url: () => values.webhook, secret: values.secret } }),
  autorun: true,
});
const served = await serveStripe({ double, port: Number(values.port) });
console.log(JSON.stringify({ url: served.url }));

const stop = async () => {
  await served.close();
  await double.close();
  process.exit(0);
};
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
