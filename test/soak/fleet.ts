/**
 * The platform as processes of its own: store, queues, payment provider and mail server
 * on their files, the API, two workers that are killed and one that never is. They know
 * each other by address alone, as on AWS, and run the production handlers and adapters.
 */
import { join } from 'node:path';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { present } from '#domain/assert.ts';
import { dynamodbClient, sqsClient } from '#functions/adapters/aws-clients.ts';
import { type LaneName, laneNames } from '#functions/lanes.ts';
import { openWorld } from '#functions/runtime/open-world.ts';
import type { World } from '#functions/runtime/world.ts';
import { firstStart } from '#local/first-start.ts';
import { createLaneQueues } from '#local/lane-queues.ts';
import type { LeapingClock } from '#local/leaping-clock.ts';
import { openSecrets } from '#local/secrets.ts';
import { createTables, tableNames } from '#local/tables.ts';
import type { Chance } from '../simulation/engine/chance.ts';
import { soakFiles } from './soak-files.ts';
import { freePorts } from './free-ports.ts';
import { type Supervised, supervised } from './supervised.ts';

export interface Fleet {
  readonly store: Supervised;
  readonly mail: Supervised;
  /** The worker that is never killed: what it holds after hours shows what leaks. */
  readonly steady: Supervised;
  /** Those that may be killed at any moment. */
  readonly victims: readonly Supervised[];
  readonly url: string;
  readonly apiKey: string;
  readonly payLinkSecret: string;
  /** The platform's own means, for who plays the scheduler and the person on call. */
  readonly world: World;
  readonly sqs: SQSClient;
  readonly laneUrls: Readonly<Record<LaneName, string>>;
  readonly up: () => Promise<void>;
  readonly endedByThemselves: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Less than the smallest function has: what leaks shows, and at last ends the process. */
const asSmallAsALambda = ['--max-old-space-size=128', '--max-semi-space-size=8'] as const;

export const startFleet = async (dir: string, clock: LeapingClock, random: Chance): Promise<Fleet> => {
  const files = soakFiles(dir);
  const secrets = openSecrets(dir);
  const ports = await freePorts(5, random);
  const [storePort = 0, queuesPort = 0, stripePort = 0, mailPort = 0, apiPort = 0] = ports;
  const [storeUrl, queuesUrl, stripeUrl, mailUrl, url] = ports.map((port) => `http://127.0.0.1:${String(port)}`);

  const service = (name: string, script: string, port: number, ...args: readonly string[]): Supervised =>
    supervised({
      name,
      run: [`local/${script}`, '--port', String(port), '--clock', files.clock, ...args],
      logFile: join(files.logs, `${name}.log`),
      env: { NODE_COMPILE_CACHE: files.compiled },
    });
  const store = service('store', 'dynamodb/serve.ts', storePort, '--data', files.store);
  const queues = service('queues', 'sqs/serve.ts', queuesPort, '--data', files.queues);
  const mail = service('mail', 'ses/serve.ts', mailPort, '--data', files.mail);
  const webhook = ['--webhook', `${present(url, 'a port each')}/webhooks/stripe`, '--secret', secrets.webhookSecret];
  const stripe = service('stripe', 'stripe/serve.ts', stripePort, '--file', files.stripe, ...webhook);
  await Promise.all([store, queues, mail, stripe].map((each) => each.up()));

  const aws = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: present(storeUrl, 'a port each'),
    AWS_ENDPOINT_URL_SQS: present(queuesUrl, 'a port each'),
    AWS_ENDPOINT_URL_SES: present(mailUrl, 'a port each'),
  };
  await createTables(dynamodbClient(aws));
  const sqs = sqsClient(aws);
  const laneUrls = await createLaneQueues(sqs);
  const env = {
    ...aws,
    BOOKS_TABLE: tableNames.books,
    USAGE_TABLE: tableNames.usage,
    BOOK: 'L',
    LANE_URLS: JSON.stringify(laneUrls),
    API_KEY_PEPPER: secrets.apiKeyPepper,
    PAY_LINK_SECRET: secrets.payLinkSecret,
    STRIPE_URL: present(stripeUrl, 'a port each'),
    STRIPE_SECRET_KEY: secrets.stripeKey,
    STRIPE_WEBHOOK_SECRETS: secrets.webhookSecret,
    MAIL_FROM: 'billing@countinghouse.example',
    PUBLIC_URL: present(url, 'a port each'),
    NODE_COMPILE_CACHE: files.compiled,
  };
  const world = openWorld(env, { clock, log: () => undefined });
  const apiKey = await firstStart(world, dir);

  const platform = (name: string, ...args: readonly string[]): Supervised =>
    supervised({
      name,
      run: [...asSmallAsALambda, 'local/platform/serve.ts', '--clock', files.clock, ...args],
      logFile: join(files.logs, `${name}.log`),
      env,
    });
  // The usage lane has a door and no messages.
  const lanes = ['--lanes', laneNames.filter((lane) => lane !== 'usage').join(',')];
  const api = platform('api', '--port', String(apiPort));
  const workers = [platform('worker-1', ...lanes), platform('worker-2', ...lanes)];
  const steady = platform('steady worker', ...lanes);
  const all = [store, queues, stripe, mail, api, ...workers, steady];
  const up = async () => {
    await Promise.all(all.map((each) => each.up()));
  };
  await up();

  return {
    store,
    mail,
    steady,
    victims: [api, ...workers, store, queues, stripe],
    url: env.PUBLIC_URL,
    apiKey,
    payLinkSecret: secrets.payLinkSecret,
    world,
    sqs,
    laneUrls,
    up,
    endedByThemselves: () => all.flatMap(({ endedByItself }) => endedByItself),
    stop: async () => {
      // Who uses the others first, so that nobody misses what it needs.
      for (const group of [
        [api, ...workers, steady],
        [store, queues, stripe, mail],
      ])
        await Promise.all(group.map((each) => each.stop()));
    },
  };
};
