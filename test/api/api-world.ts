/**
 * The API over the production world and an in-memory store: what is called here runs the
 * same code as in production but for the queues, which only remember. Every success is
 * held to the schema its route documents, and every error to the schema of problems.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect } from 'vitest';
import { epochMs, type Instant, instant } from '#domain/time/instant.ts';
import { problemView } from '#events/api/problem.ts';
import { apiHandler } from '#functions/api/api-handler.ts';
import { defaultBillingEntity } from '#functions/api/billing-entities/default-billing-entity.ts';
import { newApiKey } from '#functions/api/keys/new-api-key.ts';
import { matchRoute } from '#functions/api/match-route.ts';
import { routes } from '#functions/api/routes.ts';
import { create } from '#functions/handle.ts';
import type { LaneMessage } from '#functions/lane-message.ts';
import type { Scope } from '#functions/records/api-key.ts';
import { commit } from '#functions/runtime/commit.ts';
import { openWorld } from '#functions/runtime/open-world.ts';
import type { World } from '#functions/runtime/world.ts';
import { serveDynamodb } from '#local/dynamodb/serve-dynamodb.ts';
import { createStore } from '#local/dynamodb/store.ts';
import { createTables, tableNames } from '#local/tables.ts';

export type Body = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- what a test reads of an answer, the test asserts

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly text: string;
}

export interface Sent {
  readonly body?: unknown;
  /** Instead of a body: the text as it is. */
  readonly text?: string;
  readonly bytes?: Uint8Array;
  readonly key?: Scope | 'nobody';
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiWorld {
  readonly world: World;
  readonly sent: LaneMessage[];
  readonly keys: Readonly<Record<Scope, string>>;
  readonly logged: unknown[];
  call(method: string, path: string, sent?: Sent): Promise<Answered>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  get(path: string): Promise<Answered>;
  /** Writes that reached the store since the beginning. */
  writes(): number;
  moveTo(now: Instant): void;
  close(): Promise<void>;
}

const writing = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);
const scopes: readonly Scope[] = ['usage:write', 'read', 'admin'];

/** `watch` may stand between the API and its store. */
export const apiWorld = async (watch = (store: World['store']): World['store'] => store): Promise<ApiWorld> => {
  let now = instant('2026-02-10T12:00:00.000Z');
  let writes = 0;
  const store = createStore({
    now: () => epochMs(now),
    faults: {
      before: (operation) => {
        if (writing.has(operation)) writes += 1;
        return undefined;
      },
    },
  });
  const door = await serveDynamodb({ store });
  const aws = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: door.url,
  };
  const client = new DynamoDBClient({
    endpoint: door.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await createTables(client);
  client.destroy();

  const sent: LaneMessage[] = [];
  const logged: unknown[] = [];
  const names = {
    BOOKS_TABLE: tableNames.books,
    USAGE_TABLE: tableNames.usage,
    BOOK: 'L',
    LANE_URLS: '{}',
    API_KEY_PEPPER: 'pepper of a test',
  };
  const people = {
    MAIL_FROM: 'billing@countinghouse.example',
    PUBLIC_URL: 'http://127.0.0.1',
    PAY_LINK_SECRET: 'secret of a test',
  };
  const opened = openWorld(
    { ...aws, ...names, ...people },
    { clock: { now: () => now }, log: (entry) => logged.push(entry) },
  );
  const world: World = {
    ...opened,
    store: watch(opened.store),
    queues: {
      ...opened.queues,
      send: async (messages) => {
        sent.push(...messages);
      },
    },
  };
  await commit(world, { write: [create('billingEntity', defaultBillingEntity)] });
  const keys = Object.fromEntries(
    await Promise.all(scopes.map(async (scope) => [scope, await keyFor(world, scope)] as const)),
  ) as Record<Scope, string>;
  const handle = apiHandler(() => world, {
    now: () => now,
    advanceTo: async (to) => {
      now = to;
      return { now, schedulesRun: 0 };
    },
  });

  const call = async (method: string, path: string, what: Sent = {}): Promise<Answered> => {
    const result = await handle(eventOf(method, path, what, keys));
    const text =
      result.isBase64Encoded === true
        ? Buffer.from(result.body ?? '', 'base64').toString('latin1')
        : (result.body ?? '');
    const headers = result.headers as Record<string, string>;
    const isJson = /json/.test(headers['content-type'] ?? '');
    const answered = {
      status: result.statusCode ?? 0,
      headers,
      text,
      body: isJson ? JSON.parse(text) : text,
    };
    holdToSchema(method, path, answered);
    return answered;
  };

  return {
    world,
    sent,
    keys,
    logged,
    call,
    post: (path, body, headers = {}) => call('POST', path, { body, headers }),
    get: (path) => call('GET', path),
    writes: () => writes,
    moveTo: (to) => {
      now = to;
    },
    close: async () => {
      await door.close();
      await store.close();
    },
  };
};

const keyFor = async (world: World, scope: Scope): Promise<string> => {
  const random = (bytes: number): Uint8Array => world.ports.ids.secret(bytes);
  const { key, record } = newApiKey({
    name: scope,
    scopes: [scope],
    pepper: world.apiKeyPepper,
    now: world.clock.now(),
    random,
  });
  await commit(world, { write: [create('apiKey', record)] });
  return key;
};

const holdToSchema = (method: string, path: string, { status, headers, body }: Answered): void => {
  if (status >= 400) {
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(problemView.parse(body)).toMatchObject({ status });
    return;
  }
  const match = matchRoute(routes, method, path.split('?')[0] ?? '');
  if (match === undefined || !('route' in match)) return;
  const { answers, successes } = match.route.operation;
  expect(successes).toContain(status);
  if (typeof answers !== 'string') expect(answers.safeParse(body).error).toBeUndefined();
};

const eventOf = (
  method: string,
  address: string,
  { body, text, bytes, key = 'admin', headers = {} }: Sent,
  keys: ApiWorld['keys'],
): APIGatewayProxyEventV2 => {
  const [path = '', query = ''] = address.split('?');
  const sent =
    bytes ?? (text === undefined && body === undefined ? undefined : Buffer.from(text ?? JSON.stringify(body), 'utf8'));
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: {
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === 'nobody' ? {} : { authorization: `Bearer ${keys[key]}` }),
      ...headers,
    },
    queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
    requestContext: {
      accountId: '0',
      apiId: 'test',
      domainName: 'test',
      domainPrefix: 'test',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
      requestId: '',
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    ...(sent === undefined ? {} : { body: Buffer.from(sent).toString('base64') }),
    isBase64Encoded: sent !== undefined,
  };
};
