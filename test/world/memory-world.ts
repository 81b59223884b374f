/**
 * A world for tests of the runtime: the production adapters over an in-memory store
 * behind its HTTP door, queues that only remember, and a clock that stands where it is
 * put. Ports to people and providers are absent, and asking for one is a bug.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { present } from '#domain/assert.ts';
import { epochMs, type Instant, instant } from '#domain/time/instant.ts';
import { books } from '#functions/adapters/dynamodb/books.ts';
import { pagesBefore, removePage } from '#functions/adapters/dynamodb/outbox-page.ts';
import { putPart } from '#functions/adapters/dynamodb/parts.ts';
import { transact } from '#functions/adapters/dynamodb/transact.ts';
import type { LaneMessage } from '#functions/lane-message.ts';
import type { Ports } from '#functions/ports.ts';
import type { World } from '#functions/runtime/world.ts';
import type { StoreFaults } from '#local/dynamodb/faults.ts';
import { serveDynamodb } from '#local/dynamodb/serve-dynamodb.ts';
import { createStore } from '#local/dynamodb/store.ts';
import { createTables, tableNames } from '#local/tables.ts';

export interface MemoryWorld extends World {
  readonly sent: LaneMessage[];
  readonly moveTo: (now: Instant) => void;
  close(): Promise<void>;
}

export const memoryWorld = async (faults: StoreFaults = {}): Promise<MemoryWorld> => {
  let now = instant('2026-01-01T00:00:00.000Z');
  const store = createStore({ now: () => epochMs(now), faults });
  const door = await serveDynamodb({ store });
  const client = new DynamoDBClient({
    endpoint: door.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  await createTables(client);
  const table = { client, table: tableNames.books, book: 'L' as const };
  const sent: LaneMessage[] = [];
  const reads = books(table);
  return {
    sent,
    moveTo: (to) => {
      now = to;
    },
    clock: { now: () => now },
    log: () => undefined,
    apiKeyPepper: 'pepper of a test',
    queues: {
      send: (messages) => {
        sent.push(...messages);
        return Promise.resolve();
      },
      postpone: () => Promise.resolve(),
    },
    ports: new Proxy({} as Ports, {
      get: (_, name) => present(name === 'books' ? reads : undefined, `this test has a port ${String(name)}`),
    }),
    store: {
      stage: (content) => putPart(client, table.table, table.book, content),
      transact: (writes, tells, at) => transact({ ...table, random: Math.random }, writes, tells, epochMs(at)),
      removePage: (page) => removePage(table, page),
      pagesBefore: (before) => pagesBefore(table, epochMs(before)),
    },
    close: async () => {
      client.destroy();
      await door.close();
      await store.close();
    },
  };
};
