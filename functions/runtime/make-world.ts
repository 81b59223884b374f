/**
 * A world made of an environment and the openers of the ports a function uses: the
 * same adapters for AWS and for the local cloud, which differ in endpoints alone
 * (`AWS_ENDPOINT_URL_*`, Stripe's host). A name that is missing is a bug of the
 * deployment and stops whatever asks for it.
 */
import { present } from '#domain/assert.ts';
import { epochMs } from '#domain/time/instant.ts';
import { dynamodbClient, type Environment, sqsClient } from '../adapters/aws-clients.ts';
import type { Book } from '../adapters/dynamodb/book.ts';
import { pagesBefore, removePage } from '../adapters/dynamodb/outbox-page.ts';
import { putPart } from '../adapters/dynamodb/parts.ts';
import { transact } from '../adapters/dynamodb/transact.ts';
import { logLine } from '../adapters/log-line.ts';
import { queues } from '../adapters/sqs/queues.ts';
import { systemChance } from '../adapters/system-chance.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { LaneName } from '../lanes.ts';
import type { Port, Ports } from '../ports.ts';
import type { Opening, PortOpeners } from './openers/port-openers.ts';
import type { World } from './world.ts';

/** What a stage that is not live may put in the place of the real one. */
export interface WorldParts {
  readonly clock?: World['clock'];
  readonly random?: () => number;
  readonly log?: World['log'];
}

export const makeWorld = <Used extends Port>(
  env: Environment,
  openers: PortOpeners<Used>,
  { clock = systemClock, random = systemChance, log = logLine }: WorldParts = {},
): World => {
  const named = (name: string): string => present(env[name], `the environment names ${name}`);
  const dynamodb = lazily(() => dynamodbClient(env));
  const table = { table: named('BOOKS_TABLE'), book: named('BOOK') as Book };
  const laneUrls = JSON.parse(named('LANE_URLS')) as Partial<Record<LaneName, string>>;
  const storage = () => ({ ...table, client: dynamodb() });

  return {
    clock,
    log,
    queues: queues(sqsClient(env), laneUrls),
    get apiKeyPepper() {
      return named('API_KEY_PEPPER');
    },
    ports: lazyPorts(openers, { env, named, dynamodb, book: table.book, now: () => epochMs(clock.now()), random }),
    store: {
      stage: (content) => putPart(dynamodb(), table.table, table.book, content),
      transact: (writes, tells, at) => transact({ ...storage(), random }, writes, tells, epochMs(at)),
      removePage: (page) => removePage(storage(), page),
      pagesBefore: (before) => pagesBefore(storage(), epochMs(before)),
    },
  };
};

const lazily = <Value>(open: () => Value): (() => Value) => {
  let value: Value | undefined;
  return () => (value ??= open());
};

/** Ports opened at first use. Those a function has no opener for are none that its steps' types let them ask for. */
const lazyPorts = <Used extends Port>(openers: PortOpeners<Used>, opening: Opening): Ports => {
  const ports = {};
  for (const [name, open] of Object.entries<(opening: Opening) => unknown>(openers))
    Object.defineProperty(ports, name, { enumerable: true, get: lazily(() => open(opening)) });
  return ports as Ports;
};
