/**
 * The double as a process of its own:
 * `node local/stripe/serve.ts --port 12111 --file stripe.log --webhook http://127.0.0.1:4000/webhooks/stripe --secret whsec_local`.
 * Its clock is the machine's, or with `--clock FILE` a leaping one. Prints one line of JSON with its url once it listens.
 */
import { parseArgs } from 'node:util';
import { leapingClock } from '../leaping-clock.ts';
import { createStripeDouble } from './double.ts';
import { serveStripe } from './serve-stripe.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '12111' },
    file: { type: 'string' },
    webhook: { type: 'string' },
    secret: { type: 'string', default: 'whsec_local' },
    clock: { type: 'string' },
  },
});

const double = createStripeDouble({
  now: values.clock === undefined ? () => Date.now() : leapingClock(values.clock).nowMs,
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
