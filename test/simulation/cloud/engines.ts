/**
 * What stands behind the doors, in this thread: the store, the queues, the Stripe double
 * and the mail server, with the faults each is entitled to asked of the run's faults.
 */

import { type LaneName, laneNames } from '#functions/lanes.ts';
import type { Fault } from '#local/dynamodb/faults.ts';
import { createStore, type Store } from '#local/dynamodb/store.ts';
import { createLaneQueues } from '#local/lane-queues.ts';
import { createQueues, type Queues } from '#local/sqs/queues.ts';
import { createStripeDouble, type StripeDouble } from '#local/stripe/double.ts';
import type { RequestFault } from '#local/stripe/faults.ts';
import type { WebhookRequest } from '#local/stripe/webhooks/deliver.ts';
import { createTables } from '#local/tables.ts';
import { mailServer, type MailServer } from '../doors/mail-server.ts';
import { queueClient } from '../doors/queue-client.ts';
import { storeClient } from '../doors/store-client.ts';
import type { Chance } from '../engine/chance.ts';
import type { Faults } from '../engine/faults.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import { idleSchedules, type IdleSchedules } from './idle-schedules.ts';
import { secrets } from './secrets.ts';

export interface Engines {
  readonly store: Store;
  readonly queues: Queues;
  readonly stripe: StripeDouble;
  readonly mail: MailServer;
  readonly laneUrls: Readonly<Record<LaneName, string>>;
  /** Sets the fault with which an engine meets the next request. */
  readonly arm: {
    readonly store: (fault: Fault | undefined) => void;
    readonly stripe: (fault: RequestFault | undefined) => void;
  };
  readonly isBlackout: () => boolean;
  /** Hears that messages may wait in a queue. */
  readonly onSent: (queueUrl: string) => void;
  /** Which of the schedules would find nothing to do. */
  readonly schedules: Pick<IdleSchedules, 'isIdle'>;
  /** An engine asked past every fault, by who plays the world and not by us; what it does at once, not what it waits for. */
  readonly peek: <Value>(ask: () => Value) => Value;
  close(): Promise<void>;
}

export interface EngineParts {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly random: Chance;
  readonly isBlackout: () => boolean;
  readonly onSent: (queueUrl: string) => void;
  readonly sendWebhook: (request: WebhookRequest) => Promise<number>;
}

const dayMs = 86_400_000;
const longestIndexLagMs = 5 * 60_000;
const longestMessageDelayMs = 12 * 60_000;

export const openEngines = async (parts: EngineParts): Promise<Engines> => {
  const { scheduler, faults, random, isBlackout, onSent, sendWebhook } = parts;
  const now = () => scheduler.now();
  const armed: { store: Fault | undefined; stripe: RequestFault | undefined } = { store: undefined, stripe: undefined };
  let isPeeking = false;
  const peek: Engines['peek'] = (ask) => {
    isPeeking = true;
    try {
      return ask();
    } finally {
      isPeeking = false;
    }
  };
  const strikes: Faults['strikes'] = (kind) => !isPeeking && faults.strikes(kind);

  const schedules = idleSchedules((operation, input) => peek(() => engine.execute(operation, input)));
  const engine = createStore({
    now,
    faults: {
      before: () => {
        const fault = armed.store;
        armed.store = undefined;
        return fault;
      },
      unprocessed: () => strikes('store.unprocessed'),
      pageSize: () => (strikes('store.page-of-one') ? 1 : undefined),
      indexLagMs: () => (strikes('store.stale-index') ? faults.amount('store.stale-index', longestIndexLagMs) : 0),
    },
  });
  const store: Store = {
    ...engine,
    execute: (operation, input) => {
      schedules.operated(operation);
      return engine.execute(operation, input);
    },
  };
  let messages = 0;
  const queues = createQueues({
    now,
    newMessageId: () => `message-${String((messages += 1))}`,
    faults: {
      dropsSend: () => strikes('queue.drops-message'),
      losesSendAnswer: () => strikes('queue.loses-answer'),
      deliversTwice: () => strikes('queue.delivers-twice'),
      extraDelayMillis: () => (strikes('queue.delays') ? faults.amount('queue.delays', longestMessageDelayMs) : 0),
      reorder: (_, items) =>
        items.length > 1 && strikes('queue.reorders')
          ? rotated(items, faults.amount('queue.reorders', items.length))
          : items,
    },
  });
  const stripe = createStripeDouble({
    now,
    random,
    webhook: { url: () => `${secrets.publicUrl}/webhooks/stripe`, secret: secrets.webhookSecret, send: sendWebhook },
    // A request waits a turn between being taken in and being done, so that two of one key can meet.
    pause: () => new Promise((resolve) => scheduler.soon('stripe works', resolve)),
    faults: {
      request: () => {
        const fault = armed.stripe;
        armed.stripe = undefined;
        return fault;
      },
      webhook: () => ({
        copies: strikes('webhook.lost') ? 0 : strikes('webhook.twice') ? 2 : 1,
        delayMs: strikes('webhook.delayed') ? faults.amount('webhook.delayed', 3 * dayMs) : 0,
      }),
    },
  });

  const atOnce = (_: string, perform: (fault: undefined) => Promise<object>) => perform(undefined);
  await createTables(storeClient(store, () => undefined, atOnce));
  const laneUrls = await createLaneQueues(queueClient(queues, () => undefined, atOnce));

  return {
    store,
    queues,
    stripe,
    mail: mailServer(now),
    laneUrls,
    arm: {
      store: (fault) => {
        armed.store = fault;
      },
      stripe: (fault) => {
        armed.stripe = fault;
      },
    },
    isBlackout,
    onSent,
    schedules,
    peek,
    close: async () => {
      queues.close();
      await stripe.close();
      await store.close();
    },
  };
};

const rotated = <Item>(items: readonly Item[], by: number): readonly Item[] => [
  ...items.slice(by),
  ...items.slice(0, by),
];

export const laneOfUrl = (urls: Engines['laneUrls'], url: string): LaneName | undefined =>
  laneNames.find((lane) => urls[lane] === url);
