/**
 * What we hold Query and Scan to, through the AWS SDK: order, key conditions, pages, filters,
 * projections and indexes.
 */
import {
  BatchWriteItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AttributeValue, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UnderTest } from './dynamodb-under-test.ts';
import { createBooks, keyed, refusal, startUnderTest, TABLE } from './dynamodb-under-test.ts';

let db: UnderTest;
const put = (item: Record<string, AttributeValue>) =>
  db.client.send(new PutItemCommand({ TableName: TABLE, Item: item }));

// 30 documents of one customer: odd are invoices, even payments; every third is open, every fifth is due.
beforeAll(async () => {
  db = await startUnderTest();
  await db.client.send(createBooks);
  for (let i = 0; i < 30; i++) {
    await put({
      ...keyed('cus_1', `${i % 2 === 1 ? 'INV' : 'PAY'}#${String(i).padStart(3, '0')}`),
      amount: { N: String(i * 10) },
      ...(i % 3 === 0 && { state: { S: 'open' } }),
      ...(i % 5 === 0 && { due: { S: 'monday' } }),
    });
  }
});
afterAll(() => db.close());

const query = (input: Partial<QueryCommandInput>, values: Record<string, AttributeValue> = {}) =>
  db.client.send(
    new QueryCommand({
      TableName: TABLE,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: input.IndexName ? values : { ':pk': { S: 'cus_1' }, ...values },
      ...input,
    }),
  );
const sortKeys = (items: readonly Record<string, AttributeValue>[] | undefined) => items?.map((item) => item['sk']?.S);
const text = (value: string) => ({ S: value });

test('the sort key is found by prefix, range and comparison, in both directions', async () => {
  const prefix = await query({ KeyConditionExpression: 'pk = :pk AND begins_with(sk, :s)' }, { ':s': text('INV#') });
  expect(prefix.Count).toBe(15);
  const bounds = { ':a': text('PAY#004'), ':b': text('PAY#010') };
  const between = { KeyConditionExpression: 'pk = :pk AND sk BETWEEN :a AND :b' };
  const backwards = await query({ ...between, ScanIndexForward: false }, bounds);
  expect(sortKeys(backwards.Items)).toEqual(['PAY#010', 'PAY#008', 'PAY#006', 'PAY#004']);
  const first = async (operator: string) =>
    sortKeys(
      (await query({ KeyConditionExpression: `pk = :pk AND sk ${operator} :s`, Limit: 1 }, { ':s': text('PAY#004') }))
        .Items,
    );
  expect(await first('>')).toEqual(['PAY#006']);
  expect(await first('>=')).toEqual(['PAY#004']);
  expect(await first('=')).toEqual(['PAY#004']);
  expect(await first('<')).toEqual(['INV#001']);
});

test('pages of any size give every item once, in order, forwards and backwards', async () => {
  for (const ScanIndexForward of [true, false]) {
    const whole = sortKeys((await query({ ScanIndexForward })).Items);
    for (const Limit of [1, 7, 30]) {
      const seen: (string | undefined)[] = [];
      let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
      do {
        const page = await query({ ScanIndexForward, Limit, ExclusiveStartKey });
        seen.push(...(sortKeys(page.Items) ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      expect(seen).toEqual(whole);
    }
  }
});

test('a filter comes after the limit, and COUNT sends no items', async () => {
  const filter = { FilterExpression: 'amount > :x', Select: 'COUNT' } as const;
  const all = await query(filter, { ':x': { N: '200' } });
  expect([all.Count, all.ScannedCount, all.Items]).toEqual([9, 30, undefined]);
  const page = await query({ ...filter, Limit: 10 }, { ':x': { N: '1000' } });
  expect([page.Count, page.ScannedCount]).toEqual([0, 10]);
  expect(page.LastEvaluatedKey).toBeDefined();
});

test('an index holds only items with its key, sorted by its own sort key', async () => {
  const open = { IndexName: 'byState', KeyConditionExpression: '#s = :o', ExpressionAttributeNames: { '#s': 'state' } };
  const found = await query(open, { ':o': text('open') });
  expect(found.Items?.map((item) => item['amount']?.N)).toEqual([
    '0',
    '30',
    '60',
    '90',
    '120',
    '150',
    '180',
    '210',
    '240',
    '270',
  ]);
  const page = await query({ ...open, Limit: 3 }, { ':o': text('open') });
  expect(Object.keys(page.LastEvaluatedKey ?? {}).sort()).toEqual(['amount', 'pk', 'sk', 'state']);
  const next = await query({ ...open, Limit: 1, ExclusiveStartKey: page.LastEvaluatedKey }, { ':o': text('open') });
  expect(next.Items?.[0]?.['amount']).toEqual({ N: '90' });

  const leave = { TableName: TABLE, Key: keyed('cus_1', 'PAY#000'), UpdateExpression: 'REMOVE #s' };
  await db.client.send(new UpdateItemCommand({ ...leave, ExpressionAttributeNames: { '#s': 'state' } }));
  expect((await query(open, { ':o': text('open') })).Count).toBe(9);
});

test('an index shows what it projects, and refuses what it does not', async () => {
  const due = { IndexName: 'byDue', KeyConditionExpression: 'due = :d' };
  const found = await query(due, { ':d': text('monday') });
  expect(found.Count).toBe(6);
  expect(Object.keys(found.Items?.[0] ?? {}).sort()).toEqual(['amount', 'due', 'pk', 'sk']);
  const refused = async (more: Partial<QueryCommandInput>) =>
    (await refusal(query({ ...due, ...more }, { ':d': text('monday') }))).message;
  expect(await refused({ Select: 'ALL_ATTRIBUTES' })).toMatch(/projection type is not ALL/);
  expect(await refused({ ProjectionExpression: 'pk, note' })).toMatch(/does not project \[note\]/);
  expect(await refused({ ConsistentRead: true })).toMatch(/Consistent reads are not supported/);
  expect(await refused({ IndexName: 'byNothing' })).toMatch(/does not have the specified index/);
});

test('numbers sort as numbers, strings by their UTF-8 bytes', async () => {
  for (const [i, amount] of ['10', '9', '-1', '-1.5', '0', '1e-3'].entries()) {
    await put({ ...keyed('numbers', String(i)), state: text('sorted'), amount: { N: amount } });
  }
  const names = { ExpressionAttributeNames: { '#s': 'state' } };
  const sorted = await query(
    { IndexName: 'byState', KeyConditionExpression: '#s = :o', ...names },
    { ':o': text('sorted') },
  );
  expect(sorted.Items?.map((item) => item['amount']?.N)).toEqual(['-1.5', '-1', '0', '0.001', '9', '10']);

  for (const sk of ['\u{1f600}', '\ufffd', 'é', 'z']) await put(keyed('texts', sk));
  const texts = await query({}, { ':pk': text('texts') });
  expect(sortKeys(texts.Items)).toEqual(['z', 'é', '\ufffd', '\u{1f600}']);
});

test('a page ends at one megabyte and counts its capacity', async () => {
  for (let i = 0; i < 15; i++) await put({ ...keyed('big', String(i).padStart(2, '0')), p: text('x'.repeat(100_000)) });
  const page = await query({ ReturnConsumedCapacity: 'TOTAL' }, { ':pk': text('big') });
  // Each item has 2+3 + 2+2 + 1+100,000 = 100,010 bytes: the 11th crosses 1,048,576.
  expect(page.Count).toBe(11);
  expect(page.ConsumedCapacity?.CapacityUnits).toBe(134.5); // ⌈1,100,110 / 4096⌉ = 269, halved
  const rest = await query({ ExclusiveStartKey: page.LastEvaluatedKey }, { ':pk': text('big') });
  expect([rest.Count, rest.LastEvaluatedKey]).toEqual([4, undefined]);
});

test('a scan passes every item once, in pages and in segments', async () => {
  for (let chunk = 0; chunk < 4; chunk++) {
    const writes = Array.from({ length: 25 }, (_, i) => ({ PutRequest: { Item: keyed(`p${chunk * 25 + i}`, 'x') } }));
    await db.client.send(new BatchWriteItemCommand({ RequestItems: { [TABLE]: writes } }));
  }
  const scan = async (input: object) => {
    const seen: string[] = [];
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      const page = await db.client.send(
        new ScanCommand({ TableName: TABLE, ExclusiveStartKey, ProjectionExpression: 'pk, sk', ...input }),
      );
      seen.push(...(page.Items ?? []).map((item) => JSON.stringify(item)));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return seen;
  };
  const whole = await scan({});
  expect(new Set(whole).size).toBe(whole.length);
  expect(whole.length).toBe(155); // 30 documents + 6 numbers + 4 texts + 15 big + 100
  expect(await scan({ Limit: 7 })).toEqual(whole);
  const segments = await Promise.all([0, 1, 2].map((Segment) => scan({ TotalSegments: 3, Segment, Limit: 11 })));
  expect(segments.every((segment) => segment.length > 0)).toBe(true);
  expect(segments.flat().sort()).toEqual([...whole].sort());
});
