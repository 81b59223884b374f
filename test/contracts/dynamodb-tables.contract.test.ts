/** What we hold tables to, through the AWS SDK: made, described, listed, dropped, and their time to live. */
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UnderTest } from './dynamodb-under-test.ts';
import { createBooks, keyed, refusal, startUnderTest, TABLE } from './dynamodb-under-test.ts';

let db: UnderTest;
beforeAll(async () => {
  db = await startUnderTest();
  await db.client.send(createBooks);
});
afterAll(() => db.close());

const put = (Item: Record<string, AttributeValue>) => db.client.send(new PutItemCommand({ TableName: TABLE, Item }));
const get = async (pk: string, sk: string) =>
  (await db.client.send(new GetItemCommand({ TableName: TABLE, Key: keyed(pk, sk), ConsistentRead: true }))).Item;

test('tables are active at once, listed, described with their indexes, and found once only', async () => {
  const { Table } = await db.client.send(new DescribeTableCommand({ TableName: TABLE }));
  expect(Table).toMatchObject({ TableStatus: 'ACTIVE', BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } });
  expect(Table?.CreationDateTime).toEqual(new Date(db.clock.now));
  expect(Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName)).toEqual(['byState', 'byDue']);
  expect((await db.client.send(new ListTablesCommand({}))).TableNames).toEqual([TABLE]);
  expect((await refusal(db.client.send(createBooks))).name).toBe('ResourceInUseException');
});

test('tables go when deleted, unless protected', async () => {
  const create = { ...createBooks.input, TableName: 'short-lived' };
  await db.client.send(new CreateTableCommand(create));
  await db.client.send(new DeleteTableCommand({ TableName: 'short-lived' }));
  const gone = await refusal(db.client.send(new DescribeTableCommand({ TableName: 'short-lived' })));
  expect(gone.name).toBe('ResourceNotFoundException');

  await db.client.send(new CreateTableCommand({ ...create, DeletionProtectionEnabled: true }));
  const kept = await refusal(db.client.send(new DeleteTableCommand({ TableName: 'short-lived' })));
  expect(kept.message).toMatch(/protected/);
});

test('what this store does not implement is refused by name', async () => {
  const streams = { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' as const } };
  const create = new CreateTableCommand({ ...createBooks.input, TableName: 'streaming', ...streams });
  expect((await refusal(db.client.send(create))).message).toMatch(/CreateTable\.StreamSpecification/);
  await expect(db.store.execute('ExecuteStatement', {})).rejects.toMatchObject({
    __type: 'UnknownOperationException',
  });
  const legacy = { TableName: TABLE, Item: keyed('a', 'b'), Expected: { pk: { Exists: false } } };
  await expect(db.store.execute('PutItem', legacy)).rejects.toThrow(/PutItem\.Expected/);
});

test('time to live is recorded, and deletes only when expire is called', async () => {
  const TimeToLiveSpecification = { AttributeName: 'expiresAt', Enabled: true };
  await db.client.send(new UpdateTimeToLiveCommand({ TableName: TABLE, TimeToLiveSpecification }));
  const { TimeToLiveDescription } = await db.client.send(new DescribeTimeToLiveCommand({ TableName: TABLE }));
  expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });

  const second = Math.floor(db.clock.now / 1000);
  await put({ ...keyed('ttl', 'past'), expiresAt: { N: String(second) } });
  await put({ ...keyed('ttl', 'future'), expiresAt: { N: String(second + 1) } });
  expect(await get('ttl', 'past')).toBeDefined();
  expect(await db.store.expire(() => false)).toBe(0);
  expect(await db.store.expire()).toBe(1);
  expect(await get('ttl', 'past')).toBeUndefined();
  expect(await get('ttl', 'future')).toBeDefined();
});
