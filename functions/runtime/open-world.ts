/**
 * Opens the world from the environment: the same adapters for AWS and for the local
 * cloud, which differ in endpoints alone (`AWS_ENDPOINT_URL_*`, Stripe's host). A
 * name that is missing is a bug of the deployment and stops the process at once.
 */
import { present } from '#domain/assert.ts';
import { payToken } from '#domain/payments/pay-token.ts';
import { epochMs } from '#domain/time/instant.ts';
import { dynamodbClient, type Environment, sesClient, sqsClient, usageClient } from '../adapters/aws-clients.ts';
import { documents } from '../adapters/documents/documents.ts';
import type { Book } from '../adapters/dynamodb/book.ts';
import { books } from '../adapters/dynamodb/books.ts';
import { pagesBefore, removePage } from '../adapters/dynamodb/outbox-page.ts';
import { putPart } from '../adapters/dynamodb/parts.ts';
import { transact } from '../adapters/dynamodb/transact.ts';
import { usageLog } from '../adapters/dynamodb/usage-log.ts';
import { ids } from '../adapters/ids.ts';
import { sesMail } from '../adapters/ses/ses-mail.ts';
import { logLine } from '../adapters/log-line.ts';
import { queues } from '../adapters/sqs/queues.ts';
import { stripePayments } from '../adapters/stripe/stripe-payments.ts';
import { systemChance } from '../adapters/system-chance.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { LaneName } from '../lanes.ts';
import type { Ports } from '../ports.ts';
import type { World } from './world.ts';

/** What a stage that is not live may put in the place of the real one. */
export interface WorldParts {
  readonly clock?: World['clock'];
  readonly random?: () => number;
  readonly log?: World['log'];
}

export const openWorld = (
  env: Environment,
  { clock = systemClock, random = systemChance, log = logLine }: WorldParts = {},
): World => {
  const named = (name: string): string => present(env[name], `the environment names ${name}`);
  const now = () => epochMs(clock.now());
  const dynamodb = lazily(() => dynamodbClient(env));
  const table = { table: named('BOOKS_TABLE'), book: named('BOOK') as Book };
  const laneUrls = JSON.parse(named('LANE_URLS')) as Partial<Record<LaneName, string>>;
  const sending = queues(sqsClient(env), laneUrls);
  const storage = () => ({ ...table, client: dynamodb() });

  return {
    clock,
    log,
    queues: sending,
    apiKeyPepper: named('API_KEY_PEPPER'),
    ports: lazyPorts({
      books: () => books(storage()),
      usageLog: () =>
        usageLog({ client: usageClient(env), table: named('USAGE_TABLE'), book: table.book, now, random }),
      payments: () =>
        stripePayments({
          ...stripeAddress(env),
          secretKey: named('STRIPE_SECRET_KEY'),
          webhookSecrets: named('STRIPE_WEBHOOK_SECRETS').split(','),
          payLinkSecret: named('PAY_LINK_SECRET'),
          publicUrl: named('PUBLIC_URL'),
        }),
      mail: () => sesMail({ client: sesClient(env) }),
      documents: () =>
        documents({
          sender: named('MAIL_FROM'),
          payUrl: (invoice) => `${named('PUBLIC_URL')}/pay/${payToken(invoice, named('PAY_LINK_SECRET'))}`,
        }),
      ids: () => ids({ now, random }),
    }),
    store: {
      stage: (content) => putPart(dynamodb(), table.table, table.book, content),
      transact: (writes, tells, at) => transact({ ...storage(), random }, writes, tells, epochMs(at)),
      removePage: (page) => removePage(storage(), page),
      pagesBefore: (before) => pagesBefore(storage(), epochMs(before)),
    },
  };
};

/** The world of a Lambda: what its own environment names. */
export const openDeployedWorld = (): World => openWorld(process.env);

const lazily = <Value>(open: () => Value): (() => Value) => {
  let value: Value | undefined;
  return () => (value ??= open());
};

/** Ports opened at first use: a lane that may not mail never opens a mail client. */
const lazyPorts = (opening: { readonly [Name in keyof Ports]: () => Ports[Name] }): Ports => {
  const ports = {};
  for (const [name, open] of Object.entries(opening))
    Object.defineProperty(ports, name, { enumerable: true, get: lazily(open as () => unknown) });
  return ports as Ports;
};

const stripeAddress = (env: Environment): { host?: string; port?: number; protocol?: 'http' | 'https' } => {
  const url = env['STRIPE_URL'];
  if (url === undefined) return {};
  const { hostname, port, protocol } = new URL(url);
  return {
    host: hostname,
    port: Number(port),
    protocol: protocol === 'http:' ? ('http' as const) : ('https' as const),
  };
};
