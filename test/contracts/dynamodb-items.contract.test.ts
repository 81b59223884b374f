/**
 * What we hold DynamoDB to, one item at a time, through the AWS SDK: conditions, updates, exact
 * numbers, limits, batches and the capacity they consume.
 */
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { AttributeValue, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UnderTest } from './dynamodb-under-test.ts';
import { createBooks, keyed, refusal, startUnderTest, TABLE } from './dynamodb-under-test.ts';

let db: UnderTest;
beforeAll(async () => {
  db = await startUnderTest();
  await db.client.send(createBooks);
});
afterAll(() => db.close());

const put = (Item: Record<string, AttributeValue>, more: object = {}) =>
  db.client.send(new PutItemCommand({ TableName: TABLE, Item, ...more }));
const update = (sk: string, UpdateExpression: string, more: Partial<UpdateItemCommandInput> = {}) =>
  db.client.send(new UpdateItemCommand({ TableName: TABLE, Key: keyed('u', sk), UpdateExpression, ...more }));
const get = async (pk: string, sk: string) =>
  (await db.client.send(new GetItemCommand({ TableName: TABLE, Key: keyed(pk, sk), ConsistentRead: true }))).Item;

describe('conditions', () => {
  test('put-if-absent holds, and shows the item that was there when asked', async () => {
    const absent = { ConditionExpression: 'attribute_not_exists(pk)' };
    await put({ ...keyed('c', '1'), v: { N: '1' } }, absent);
    expect(await refusal(put(keyed('c', '1'), absent))).toMatchObject({ name: 'ConditionalCheckFailedException' });
    const seen = await refusal(put(keyed('c', '1'), { ...absent, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
    expect(seen['Item']).toEqual({ ...keyed('c', '1'), v: { N: '1' } });
  });

  test('numbers are compared as numbers, documents by value, and `constructor` is not there by itself', async () => {
    const m = { M: { a: { N: '1' }, b: { L: [{ S: 'x' }] } } };
    await put({ ...keyed('c', '2'), v: { N: '10' }, m });
    const holds = (ConditionExpression: string, ExpressionAttributeValues?: Record<string, AttributeValue>) =>
      put({ ...keyed('c', '2'), v: { N: '10' }, m }, { ConditionExpression, ExpressionAttributeValues });
    await holds('v > :nine', { ':nine': { N: '9.999' } });
    await holds('m = :m', { ':m': { M: { b: { L: [{ S: 'x' }] }, a: { N: '1.0' } } } });
    await holds('v <> :s AND gone <> :s', { ':s': { S: '10' } });
    const names = { '#c': 'constructor' };
    await put(keyed('c', '3'), { ConditionExpression: 'attribute_not_exists(#c)', ExpressionAttributeNames: names });
    expect((await refusal(holds('gone < :n', { ':n': { N: '1' } }))).name).toBe('ConditionalCheckFailedException');
  });
});

describe('updates', () => {
  test('SET, ADD, REMOVE and DELETE read the item as it was before', async () => {
    const first = await update('1', 'SET l = list_append(if_not_exists(l, :e), :x), m = :m ADD n :five, tags :ab', {
      ExpressionAttributeValues: {
        ':e': { L: [] },
        ':x': { L: [{ S: 'p' }, { S: 'q' }, { S: 'r' }] },
        ':m': { M: { a: { N: '1' }, b: { S: 'z' } } },
        ':five': { N: '5' },
        ':ab': { SS: ['a', 'b'] },
      },
      ReturnValues: 'ALL_NEW',
    });
    expect(first.Attributes).toMatchObject({ n: { N: '5' }, tags: { SS: ['a', 'b'] } });

    const second = await update('1', 'SET n = m.a - :t, m.a = n, l[9] = :s REMOVE l[0], l[1] DELETE tags :a', {
      ExpressionAttributeValues: { ':t': { N: '3' }, ':s': { S: 'end' }, ':a': { SS: ['a'] } },
      ReturnValues: 'ALL_NEW',
    });
    expect(second.Attributes).toEqual({
      ...keyed('u', '1'),
      n: { N: '-2' }, // 1 − 3
      m: { M: { a: { N: '5' }, b: { S: 'z' } } }, // n as it was
      l: { L: [{ S: 'r' }, { S: 'end' }] },
      tags: { SS: ['b'] },
    });
    const third = await update('1', 'REMOVE m.b', { ReturnValues: 'UPDATED_OLD' });
    expect(third.Attributes).toEqual({ m: { M: { b: { S: 'z' } } } });
  });

  test('the same expression is understood anew with other values, and refused with values of another type', async () => {
    const add = (value: AttributeValue) =>
      update('same', 'ADD v :v', { ExpressionAttributeValues: { ':v': value }, ReturnValues: 'ALL_NEW' });
    await add({ N: '1' });
    expect((await add({ N: '2' })).Attributes).toMatchObject({ v: { N: '3' } });
    expect((await refusal(add({ S: '2' }))).message).toMatch(/operand type: STRING/);
    expect((await refusal(add({ N: 'two' }))).message).toMatch(/numeric value/);
  });

  test('are refused for keys, wrong types, overlapping paths, reserved words and unused values', async () => {
    const one = { ':o': { N: '1' } };
    const refused = async (expression: string, values: Record<string, AttributeValue> = one) =>
      (await refusal(update('1', expression, { ExpressionAttributeValues: values }))).message;
    expect(await refused('SET pk = :o')).toMatch(/part of the key/);
    expect(await refused('ADD l :o')).toMatch(/incorrect data type/);
    expect(await refused('SET m = :o, m.a = :o')).toMatch(/overlap/);
    expect(await refused('SET status = :o')).toMatch(/reserved keyword/);
    expect(await refused('SET q = :o', { ...one, ':p': { N: '1' } })).toMatch(/unused/);
    expect(await refused('SET q = nowhere')).toMatch(/unused/);
    expect(await refused('SET gone.deeper = :o')).toMatch(/document path/);
    expect(await refused('SET due = :o')).toMatch(/Type mismatch for Index Key due/);
  });
});

test('numbers are exact to 38 digits and come back normalised', async () => {
  const digits = '12345678901234567890123456789012345678';
  await put({ ...keyed('n', '1'), a: { N: digits }, b: { N: '1.10' }, c: { N: '1E3' }, d: { N: '-0.0' } });
  expect(await get('n', '1')).toMatchObject({ a: { N: digits }, b: { N: '1.1' }, c: { N: '1000' }, d: { N: '0' } });
  expect((await refusal(put({ ...keyed('n', '2'), a: { N: `${digits}9` } }))).name).toBe('ValidationException');
  const tooLong = update('9', 'SET n = :a + :b', {
    ExpressionAttributeValues: { ':a': { N: digits }, ':b': { N: '0.1' } },
  });
  expect((await refusal(tooLong)).message).toMatch(/38 significant digits/);
});

describe('limits', () => {
  test('an item has at most 400 KB, counted in UTF-8', async () => {
    // Names and keys: pk + "s" + sk + "1" + p = 7 bytes.
    await put({ ...keyed('s', '1'), p: { S: 'x'.repeat(400 * 1024 - 7) } });
    expect((await refusal(put({ ...keyed('s', '2'), p: { S: 'x'.repeat(400 * 1024 - 6) } }))).message).toMatch(/size/);
    expect((await refusal(put({ ...keyed('s', '3'), p: { S: 'é'.repeat(205 * 1024) } }))).message).toMatch(/size/);
    await update('s', 'SET p = :p', { ExpressionAttributeValues: { ':p': { S: 'x'.repeat(300 * 1024) } } });
    const grow = update('s', 'SET r = :r', { ExpressionAttributeValues: { ':r': { S: 'x'.repeat(150 * 1024) } } });
    expect((await refusal(grow)).message).toMatch(/size/);
  });

  test('key strings are neither empty nor too long; other strings may be empty', async () => {
    expect((await refusal(put(keyed('', '1')))).message).toMatch(/empty string/);
    expect((await refusal(put(keyed('é'.repeat(1025), '1')))).message).toMatch(/2048/);
    expect((await refusal(put(keyed('k', 'x'.repeat(1025))))).message).toMatch(/1024/);
    expect((await refusal(put({ ...keyed('k', '1'), due: { S: '' } }))).message).toMatch(/empty string/);
    await put({ ...keyed('k', '1'), text: { S: '' } });
    expect(await get('k', '1')).toMatchObject({ text: { S: '' } });
  });

  test('a batch writes 25 different items and reads 100', async () => {
    const batch = (keys: readonly string[]) =>
      db.client.send(
        new BatchWriteItemCommand({
          RequestItems: { [TABLE]: keys.map((sk) => ({ PutRequest: { Item: keyed('b', sk) } })) },
        }),
      );
    const keys = (count: number) => Array.from({ length: count }, (_, i) => String(i));
    expect((await batch(keys(25))).UnprocessedItems).toEqual({});
    expect((await refusal(batch(keys(26)))).name).toBe('ValidationException');
    expect((await refusal(batch(['same', 'same']))).message).toMatch(/duplicates/);
    const read = (count: number) =>
      db.client.send(
        new BatchGetItemCommand({
          RequestItems: { [TABLE]: { Keys: keys(count).map((sk) => keyed('b', sk)), ProjectionExpression: 'sk' } },
        }),
      );
    const { Responses } = await read(100);
    expect(Responses?.[TABLE]).toHaveLength(25);
    expect(Responses?.[TABLE]?.[0]).toEqual({ sk: { S: '0' } });
    expect((await refusal(read(101))).name).toBe('ValidationException');
  });
});

describe('consumed capacity', () => {
  const INDEXES = { ReturnConsumedCapacity: 'INDEXES' } as const;

  test('a write unit is a kilobyte of the larger of old and new', async () => {
    const units = async (bytes: number) =>
      (await put({ ...keyed('w', '1'), p: { S: 'x'.repeat(bytes) } }, { ReturnConsumedCapacity: 'TOTAL' }))
        .ConsumedCapacity;
    expect(await units(1017)).toEqual({ TableName: TABLE, CapacityUnits: 1 }); // 7 + 1017 = 1024
    expect(await units(1018)).toEqual({ TableName: TABLE, CapacityUnits: 2 });
    expect(await units(10)).toEqual({ TableName: TABLE, CapacityUnits: 2 });
    const remove = new DeleteItemCommand({ TableName: TABLE, Key: keyed('w', '1'), ...INDEXES });
    expect((await db.client.send(remove)).ConsumedCapacity).toMatchObject({ CapacityUnits: 1 });
  });

  test('an index costs only when its entry changes: enter 1, move 2, stay 0, leave 1', async () => {
    const write = async (more: Record<string, AttributeValue>) => {
      const { ConsumedCapacity } = await put({ ...keyed('w', '2'), ...more }, INDEXES);
      expect(ConsumedCapacity?.Table?.CapacityUnits).toBe(1);
      return ConsumedCapacity?.GlobalSecondaryIndexes?.['byDue']?.CapacityUnits ?? 0;
    };
    expect(await write({ due: { S: 'monday' } })).toBe(1);
    expect(await write({ due: { S: 'tuesday' } })).toBe(2);
    expect(await write({ due: { S: 'tuesday' }, note: { S: 'not projected' } })).toBe(0);
    expect(await write({ due: { S: 'tuesday' }, amount: { N: '1' } })).toBe(1);
    expect(await write({})).toBe(1);
  });

  test('a read unit is 4 KB strongly read, half of it eventually, and nothing found costs too', async () => {
    await put({ ...keyed('r', '1'), p: { S: 'x'.repeat(5000) } });
    const units = async (sk: string, ConsistentRead: boolean) =>
      (await db.client.send(new GetItemCommand({ TableName: TABLE, Key: keyed('r', sk), ConsistentRead, ...INDEXES })))
        .ConsumedCapacity?.CapacityUnits;
    expect(await units('1', true)).toBe(2);
    expect(await units('1', false)).toBe(1);
    expect(await units('none', false)).toBe(0.5);
  });
});
