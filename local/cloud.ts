/**
 * The local cloud: store, queues, mail, Stripe double, lanes and HTTP front in one
 * process on loopback, over one data folder. The handlers and adapters are the
 * production ones; they reach these parts by address, as they would reach AWS. What
 * was acknowledged survives a kill; what was under way goes on at the next start.
 */
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { epochMs, type Instant } from '#domain/time/instant.ts';
import { dynamodbClient, sqsClient } from '#functions/adapters/aws-clients.ts';
import { apiHandler } from '#functions/api/api-handler.ts';
import { laneNames } from '#functions/lanes.ts';
import { openWorld } from '#functions/runtime/open-world.ts';
import type { World } from '#functions/runtime/world.ts';
import { movableClock } from './clock.ts';
import type { Store } from './dynamodb/store.ts';
import { openEngines } from './engines.ts';
import { firstStart } from './first-start.ts';
import { flowSchedules } from './flow-schedules.ts';
import { frontDoor, type HttpHandler } from './front-door.ts';
import { createLaneQueues, deadLetterNames } from './lane-queues.ts';
import { laneHandlers } from './lane-handlers.ts';
import { laneWorker } from './lane-worker.ts';
import { lockDataDir } from './lock-data-dir.ts';
import { isIdle } from './is-idle.ts';
import { openSecrets } from './secrets.ts';
import type { Inbox } from './ses/serve-ses.ts';
import type { Queues } from './sqs/queues.ts';
import type { StripeDouble } from './stripe/double.ts';
import { createTables, tableNames } from './tables.ts';
import { timekeeper, type Timekeeper } from './timekeeper.ts';

export interface CloudOptions {
  readonly dataDir: string;
  readonly port?: number;
  /** Where the clock begins, at the first start only. */
  readonly startAt?: Instant;
  readonly log?: World['log'];
}

export interface Cloud {
  readonly url: string;
  readonly apiKey: string;
  readonly world: World;
  readonly store: Store;
  readonly queues: Queues;
  readonly stripe: StripeDouble;
  readonly inbox: Inbox;
  readonly time: Timekeeper;
  /** What its two tables and its dead-letter queues are called. */
  readonly tables: Readonly<Record<'books' | 'usage', string>>;
  readonly deadLetters: readonly string[];
  close(): Promise<void>;
}

export const startCloud = async ({
  dataDir,
  port = 0,
  startAt,
  log = () => undefined,
}: CloudOptions): Promise<Cloud> => {
  mkdirSync(dataDir, { recursive: true });
  const unlock = lockDataDir(dataDir);
  const secrets = openSecrets(dataDir);
  const clock = movableClock(join(dataDir, 'clock.json'), startAt);
  let url = '';
  const engines = await openEngines({
    dataDir,
    clock,
    webhook: { url: () => (url === '' ? undefined : `${url}/webhooks/stripe`), secret: secrets.webhookSecret },
  });
  const { store, queues, handedOut, stripe, inbox } = engines;

  const aws = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: engines.urls.dynamodb,
    AWS_ENDPOINT_URL_SQS: engines.urls.sqs,
    AWS_ENDPOINT_URL_SES: engines.urls.ses,
  };
  const dynamodb = dynamodbClient(aws);
  const sqs = sqsClient(aws, 60_000);
  await createTables(dynamodb);
  const laneUrls = await createLaneQueues(sqs);

  let world: World | undefined;
  const worldOnce = () =>
    (world ??= openWorld({ ...aws, ...namesOf(laneUrls, secrets, engines.urls.stripe, url) }, { clock, log }));
  const handlers = laneHandlers(worldOnce);
  const api = apiHandler(worldOnce, { now: () => clock.now(), advanceTo: (to) => time.advanceTo(epochMs(to)) });
  const front = frontDoor({ lane: (lane) => handlers[lane] as HttpHandler, api });
  await new Promise<void>((resolve, reject) => front.once('error', reject).listen(port, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((front.address() as AddressInfo).port)}`;

  const apiKey = await firstStart(worldOnce(), dataDir);
  const workers = laneNames.map((lane) => laneWorker(lane, handlers[lane], sqs, laneUrls[lane]));
  const time = timekeeper({
    clock,
    queues,
    stripe,
    // A message is on its way from the queue to its worker for a moment, and must not be overlooked there.
    busy: () =>
      workers.some((worker) => worker.busy()) || workers.reduce((sum, worker) => sum + worker.taken(), 0) < handedOut(),
    schedules: flowSchedules(worldOnce(), (step) => isIdle(store, tableNames.books, 'L', step, clock.nowMs())),
    deadLetters: deadLetterNames,
    file: join(dataDir, 'schedules.json'),
  });
  time.start();

  return {
    url,
    apiKey,
    world: worldOnce(),
    store,
    queues,
    stripe,
    inbox,
    time,
    tables: tableNames,
    deadLetters: deadLetterNames,
    close: async () => {
      await time.stop();
      front.closeIdleConnections();
      await new Promise((resolve) => front.close(resolve));
      await Promise.all(workers.map((worker) => worker.stop()));
      await engines.close();
      unlock();
    },
  };
};

const namesOf = (
  laneUrls: Readonly<Record<string, string>>,
  secrets: ReturnType<typeof openSecrets>,
  stripeUrl: string,
  publicUrl: string,
) => ({
  BOOKS_TABLE: tableNames.books,
  USAGE_TABLE: tableNames.usage,
  BOOK: 'L',
  LANE_URLS: JSON.stringify(laneUrls),
  API_KEY_PEPPER: secrets.apiKeyPepper,
  PAY_LINK_SECRET: secrets.payLinkSecret,
  STRIPE_URL: stripeUrl,
  STRIPE_SECRET_KEY: secrets.stripeKey,
  STRIPE_WEBHOOK_SECRETS: secrets.webhookSecret,
  MAIL_FROM: 'billing@countinghouse.example',
  PUBLIC_URL: publicUrl,
});
