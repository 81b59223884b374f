/**
 * What stands in for AWS and Stripe on one machine: store, queues, mailbox and Stripe's
 * double, over one data folder and one clock, each behind an address on loopback.
 */
import { join } from 'node:path';
import type { MovableClock } from './clock.ts';
import { type CountedQueues, countedQueues } from './counted-queues.ts';
import { serveDynamodb } from './dynamodb/serve-dynamodb.ts';
import { createStore, type Store } from './dynamodb/store.ts';
import { WriteAheadLog } from './dynamodb/write-ahead-log.ts';
import { type Inbox, serveSes } from './ses/serve-ses.ts';
import { createQueues } from './sqs/queues.ts';
import { serveSqs } from './sqs/serve-sqs.ts';
import { createStripeDouble, type StripeDouble } from './stripe/double.ts';
import { serveStripe } from './stripe/serve-stripe.ts';

export interface Engines extends CountedQueues {
  readonly store: Store;
  readonly stripe: StripeDouble;
  readonly inbox: Inbox;
  readonly urls: { readonly dynamodb: string; readonly sqs: string; readonly ses: string; readonly stripe: string };
  close(): Promise<void>;
}

export interface EnginesOptions {
  readonly dataDir: string;
  readonly clock: Pick<MovableClock, 'nowMs'>;
  /** Where Stripe's double sends its news; nowhere as long as there is no address. */
  readonly webhook: { readonly url: () => string | undefined; readonly secret: string };
}

export const openEngines = async ({ dataDir, clock, webhook }: EnginesOptions): Promise<Engines> => {
  const now = () => clock.nowMs();
  const store = createStore({ now, log: new WriteAheadLog(join(dataDir, 'dynamodb')) });
  const { queues, handedOut } = countedQueues(createQueues({ now, file: join(dataDir, 'sqs.sqlite') }));
  const stripe = createStripeDouble({ now, file: join(dataDir, 'stripe.log'), webhook });
  const doors = {
    dynamodb: await serveDynamodb({ store }),
    sqs: await serveSqs({ queues }),
    stripe: await serveStripe({ double: stripe }),
    ses: await serveSes({ file: join(dataDir, 'mail.jsonl'), now }),
  };
  return {
    store,
    queues,
    handedOut,
    stripe,
    inbox: doors.ses,
    urls: { dynamodb: doors.dynamodb.url, sqs: doors.sqs.url, stripe: doors.stripe.url, ses: doors.ses.url },
    close: async () => {
      await Promise.all(Object.values(doors).map((door) => door.close()));
      queues.close();
      await stripe.close();
      await store.close();
    },
  };
};
