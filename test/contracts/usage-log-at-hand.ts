/** The usage log on the embedded DynamoDB, behind the real AWS SDK: its table, its clock, its chance, and what it holds. */
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import type { Book } from '#functions/adapters/dynamodb/book.ts';
import { usageLog } from '#functions/adapters/dynamodb/usage-log.ts';
import type { UsageTable } from '#functions/adapters/dynamodb/usage-table.ts';
import type { UsageLog } from '#functions/ports.ts';
import { eventAt } from '#domain/usage/usage-columns.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import { type Instant, instant, instantAt } from '#domain/time/instant.ts';
import type { StoreFaults } from '#local/dynamodb/faults.ts';
import { seededChance } from '#bench/usage-workload.ts';
import { startUnderTest } from './dynamodb-under-test.ts';

const table = 'usage';
const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });

interface ScanPage {
  readonly Items: readonly {
    readonly pk: { readonly S: string };
    readonly sk: { readonly S: string };
    readonly b?: { readonly B: string };
    readonly ttl?: { readonly N: string };
  }[];
  readonly LastEvaluatedKey?: object;
}

export const startUsageLog = async (faults: StoreFaults = {}) => {
  const underTest = await startUnderTest(faults);
  const { client, store } = underTest;
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
    }),
  );
  const clock = { now: Date.UTC(2026, 2, 10, 12) };
  const tableOf = (book: Book = 'L', seed = 1): UsageTable => ({
    client,
    table,
    book,
    now: () => clock.now,
    random: seededChance(seed),
  });
  const items = async () => {
    const found: {
      readonly pk: string;
      readonly sk: string;
      readonly bytes: number;
      readonly ttl: string | undefined;
    }[] = [];
    let ExclusiveStartKey: object | undefined;
    do {
      const page = (await store.execute('Scan', { TableName: table, ExclusiveStartKey })) as ScanPage;
      for (const { pk, sk, b, ttl } of page.Items)
        found.push({ pk: pk.S, sk: sk.S, bytes: (b?.B.length ?? 0) * 0.75, ttl: ttl?.N });
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return found;
  };
  return {
    clock,
    close: () => underTest.close(),
    tableOf,
    items,
    journal: async () => (await items()).filter(({ pk }) => pk.includes('#J#')),
    /** A process of its own, which remembers nothing of others. */
    open: (book?: Book, seed?: number): UsageLog => usageLog(tableOf(book, seed)),
  };
};

let made = 0;
export const usageEvent = (change: Partial<UsageEvent> = {}): UsageEvent => ({
  id: `evt_${++made}`,
  source: 'test',
  type: 'call.ended',
  subject: 'sim-1',
  time: instant('2026-03-10T11:00:00.000Z'),
  data: { quantity: '1', region: 'eu' },
  ...change,
});

/** All events of a span as they were appended, piece after piece, with when they arrived. */
export const readBack = async (
  log: UsageLog,
  from: Instant,
  until: Instant,
): Promise<{ readonly arrivedAt: Instant; readonly event: UsageEvent }[]> => {
  const read: { readonly arrivedAt: Instant; readonly event: UsageEvent }[] = [];
  for await (const { arrivedAtMs, columns } of log.read(from, until)) {
    const subjects = await log.subjectsOf([...columns.points]);
    for (let row = 0; row < columns.count; row++) {
      const { point, timeMs, ...event } = eventAt(columns, row);
      read.push({
        arrivedAt: instantAt(arrivedAtMs),
        event: { ...event, subject: subjects.get(point)!, time: instantAt(timeMs) },
      });
    }
  }
  return read;
};
