/**
 * What we hold transactions to, through the AWS SDK: all or nothing, every reason in its place, a
 * token that works once.
 */
import {
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { TransactWriteItem, TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UnderTest } from './dynamodb-under-test.ts';
import { createBooks, keyed, refusal, startUnderTest, TABLE } from './dynamodb-under-test.ts';

let db: UnderTest;
beforeAll(async () => {
  db = await startUnderTest();
  await db.client.send(createBooks);
});
afterAll(() => db.close());

const transact = (TransactItems: TransactWriteItem[], more: Partial<TransactWriteItemsCommandInput> = {}) =>
  db.client.send(new TransactWriteItemsCommand({ TransactItems, ...more }));
const put = (sk: string, more: object = {}) => ({ Put: { TableName: TABLE, Item: keyed('t', sk), ...more } });
const add = (sk: string, amount = '1') => ({
  Update: {
    TableName: TABLE,
    Key: keyed('t', sk),
    UpdateExpression: 'ADD n :n',
    ExpressionAttributeValues: { ':n': { N: amount } },
  },
});
const absent = { ConditionExpression: 'attribute_not_exists(pk)' };
const get = async (sk: string) =>
  (await db.client.send(new GetItemCommand({ TableName: TABLE, Key: keyed('t', sk), ConsistentRead: true }))).Item;
const codes = (error: Record<string, unknown>) =>
  (error['CancellationReasons'] as { Code: string }[]).map((reason) => reason.Code);

test('the four kinds of action happen together', async () => {
  await db.client.send(new PutItemCommand({ TableName: TABLE, Item: { ...keyed('t', 'check'), v: { N: '1' } } }));
  await transact([put('delete')]);
  const condition = { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': { N: '1' } } };
  await transact([
    put('put', absent),
    add('update'),
    { Delete: { TableName: TABLE, Key: keyed('t', 'delete') } },
    { ConditionCheck: { TableName: TABLE, Key: keyed('t', 'check'), ...condition } },
  ]);
  expect(await get('put')).toBeDefined();
  expect(await get('update')).toMatchObject({ n: { N: '1' } });
  expect(await get('delete')).toBeUndefined();
});

test('one failed condition cancels all, and says which and what it met', async () => {
  await transact([put('there')]);
  const seen = { ...absent, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
  const error = await refusal(transact([add('counted'), put('there', seen), put('fresh', absent)]));
  expect(error.name).toBe('TransactionCanceledException');
  expect(error.message).toMatch(/specific reasons \[None, ConditionalCheckFailed, None\]/);
  expect(codes(error)).toEqual(['None', 'ConditionalCheckFailed', 'None']);
  expect(error['CancellationReasons']).toMatchObject([{}, { Item: keyed('t', 'there') }, {}]);
  expect(await get('counted')).toBeUndefined();
  expect(await get('fresh')).toBeUndefined();
});

test('a value that does not fit an item is a reason too', async () => {
  await transact([put('text', { Item: { ...keyed('t', 'text'), n: { S: 'not a number' } } })]);
  expect(codes(await refusal(transact([put('good'), add('text')])))).toEqual(['None', 'ValidationError']);
  const wrongKey = { Delete: { TableName: TABLE, Key: { pk: { S: 't' } } } };
  expect(codes(await refusal(transact([wrongKey])))).toEqual(['ValidationError']);
});

test('a token works once, for ten minutes, and for one content', async () => {
  const token = { ClientRequestToken: 'once' };
  await transact([add('token')], token);
  await transact([add('token')], token);
  expect(await get('token')).toMatchObject({ n: { N: '1' } });
  const other = await refusal(transact([add('token', '2')], token));
  expect(other.name).toBe('IdempotentParameterMismatchException');

  db.clock.now += 10 * 60_000 - 1;
  await transact([add('token')], token);
  expect(await get('token')).toMatchObject({ n: { N: '1' } });
  db.clock.now += 1;
  await transact([add('token')], token);
  expect(await get('token')).toMatchObject({ n: { N: '2' } });
});

test('a cancelled transaction does not use its token up', async () => {
  const token = { ClientRequestToken: 'again' };
  const expected = { ConditionExpression: 'n = :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
  const check = { ConditionCheck: { TableName: TABLE, Key: keyed('t', 'later'), ...expected } };
  await refusal(transact([check, put('waited')], token));
  await transact([add('later')]);
  await transact([check, put('waited')], token);
  expect(await get('waited')).toBeDefined();
});

test('an item is touched once, 100 at a time, 4 MB together', async () => {
  const twice = [put('twice'), { Delete: { TableName: TABLE, Key: { sk: { S: 'twice' }, pk: { S: 't' } } } }];
  expect((await refusal(transact(twice))).message).toMatch(/multiple operations on one item/);
  const many = (count: number) => transact(Array.from({ length: count }, (_, i) => put(`many${i}`)));
  await many(100);
  expect((await refusal(many(101))).message).toMatch(/less than or equal to 100/);
  const large = (count: number) =>
    transact(
      Array.from({ length: count }, (_, i) =>
        put('', { Item: { ...keyed('t', `l${i}`), p: { S: 'x'.repeat(400_000) } } }),
      ),
    );
  await large(10);
  expect((await refusal(large(11))).message).toMatch(/4 MB/);
});

test('expression errors refuse the whole request', async () => {
  const bad = put('bad', { ConditionExpression: 'attribute_not_exists(status)' });
  expect(await refusal(transact([bad]))).toMatchObject({ name: 'ValidationException' });
  expect((await refusal(transact([{}]))).name).toBe('ValidationException');
  const returning = put('bad', { ReturnValues: 'ALL_OLD' });
  await expect(db.store.execute('TransactWriteItems', { TransactItems: [returning] })).rejects.toThrow(/ReturnValues/);
});

test('transactions cost twice, index entries included', async () => {
  const item = { ...keyed('t', 'cost'), due: { S: 'monday' }, p: { S: 'x'.repeat(1500) } };
  const { ConsumedCapacity } = await transact([put('', { Item: item }), add('cost-2')], {
    ReturnConsumedCapacity: 'INDEXES',
  });
  // Table: 2 × ⌈1.5 KB⌉ + 2 × 1; index: keys only, 2 × 1.
  expect(ConsumedCapacity).toEqual([
    {
      TableName: TABLE,
      CapacityUnits: 8,
      WriteCapacityUnits: 8,
      Table: { CapacityUnits: 6, WriteCapacityUnits: 6 },
      GlobalSecondaryIndexes: { byDue: { CapacityUnits: 2, WriteCapacityUnits: 2 } },
    },
  ]);
});

test('TransactGetItems reads in order, empty where nothing is, at twice the price', async () => {
  await transact([put('read', { Item: { ...keyed('t', 'read'), v: { S: 'x' }, w: { S: 'y' } } })]);
  const gets = ['read', 'nothing'].map((sk) => ({
    Get: { TableName: TABLE, Key: keyed('t', sk), ProjectionExpression: 'v' },
  }));
  const answer = await db.client.send(
    new TransactGetItemsCommand({ TransactItems: gets, ReturnConsumedCapacity: 'TOTAL' }),
  );
  expect(answer.Responses).toEqual([{ Item: { v: { S: 'x' } } }, {}]);
  expect(answer.ConsumedCapacity).toEqual([{ TableName: TABLE, CapacityUnits: 4, ReadCapacityUnits: 4 }]);
});

test('two hundred concurrent additions all count', async () => {
  await Promise.all(Array.from({ length: 200 }, () => transact([add('counter')])));
  expect(await get('counter')).toMatchObject({ n: { N: '200' } });
});
