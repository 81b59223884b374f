/**
 * Every injected fault looks to the AWS SDK like the real one, and does exactly what its name says
 * to the data.
 */
import {
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from 'vitest';
import type { Fault, StoreFaults } from '#local/dynamodb/faults.ts';
import { seededFaults } from '#local/dynamodb/faults.ts';
import type { UnderTest } from './dynamodb-under-test.ts';
import { createBooks, keyed, refusal, startUnderTest, TABLE } from './dynamodb-under-test.ts';

let db: UnderTest;
afterEach(() => db.close());

/** Strikes once, at the next write, after the table is there. */
async function startWith(faults: StoreFaults): Promise<{ strike: (fault: Fault) => void }> {
  let next: Fault | undefined;
  const before = (operation: string) => {
    if (operation === 'GetItem') return undefined;
    const fault = next;
    next = undefined;
    return fault;
  };
  db = await startUnderTest({ before, ...faults });
  await db.client.send(createBooks);
  return { strike: (fault) => (next = fault) };
}

const put = (sk: string, more: object = {}) =>
  db.client.send(new PutItemCommand({ TableName: TABLE, Item: { ...keyed('f', sk), ...more } }));
const transact = (...keys: readonly string[]) =>
  db.client.send(
    new TransactWriteItemsCommand({
      TransactItems: keys.map((sk) => ({ Put: { TableName: TABLE, Item: keyed('f', sk) } })),
    }),
  );
const exists = async (sk: string) =>
  (await db.client.send(new GetItemCommand({ TableName: TABLE, Key: keyed('f', sk) }))).Item !== undefined;

test.each([
  ['throttle', 'ThrottlingException', false],
  ['conflict', 'TransactionConflictException', false],
  ['5xx-before', 'InternalServerError', false],
  ['5xx-after', 'InternalServerError', true],
] as const)('%s on a put is %s; written: %s', async (fault, name, written) => {
  const { strike } = await startWith({});
  strike(fault);
  expect((await refusal(put('1'))).name).toBe(name);
  expect(await exists('1')).toBe(written);
});

test('a conflict or a throttle cancels a transaction with a reason and writes nothing', async () => {
  const { strike } = await startWith({});
  for (const [fault, code] of [
    ['conflict', 'TransactionConflict'],
    ['throttle', 'ThrottlingError'],
  ] as const) {
    strike(fault);
    const error = await refusal(transact('1', '2'));
    expect(error.name).toBe('TransactionCanceledException');
    expect(error['CancellationReasons']).toMatchObject([{ Code: code }, { Code: 'None' }]);
    expect([await exists('1'), await exists('2')]).toEqual([false, false]);
  }
});

test('unprocessed items come back as they were sent; if none was processed it is a throttle', async () => {
  await startWith({ unprocessed: (_operation, _table, item) => item['sk']?.S !== 'good' });
  const batch = (...keys: readonly string[]) =>
    db.client.send(
      new BatchWriteItemCommand({
        RequestItems: { [TABLE]: keys.map((sk) => ({ PutRequest: { Item: keyed('f', sk) } })) },
      }),
    );
  const { UnprocessedItems } = await batch('bad', 'good');
  expect(UnprocessedItems).toEqual({ [TABLE]: [{ PutRequest: { Item: keyed('f', 'bad') } }] });
  expect([await exists('bad'), await exists('good')]).toEqual([false, true]);
  expect((await refusal(batch('bad'))).name).toBe('ThrottlingException');
});

test('pages of one still give everything', async () => {
  await startWith({ pageSize: () => 1 });
  await put('1');
  await put('2');
  const query = {
    TableName: TABLE,
    KeyConditionExpression: 'pk = :p',
    ExpressionAttributeValues: { ':p': { S: 'f' } },
  };
  const first = await db.client.send(new QueryCommand(query));
  const second = await db.client.send(new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }));
  const third = await db.client.send(new QueryCommand({ ...query, ExclusiveStartKey: second.LastEvaluatedKey }));
  expect([first.Count, second.Count, third.Count, third.LastEvaluatedKey]).toEqual([1, 1, 0, undefined]);
});

test('a stale index shows a write late, while the item itself is there', async () => {
  let lag = 500;
  await startWith({ indexLagMs: () => lag });
  const due = async () => {
    const input = { KeyConditionExpression: 'due = :d', ExpressionAttributeValues: { ':d': { S: 'monday' } } };
    return (await db.client.send(new QueryCommand({ TableName: TABLE, IndexName: 'byDue', ...input }))).Count;
  };
  await put('1', { due: { S: 'monday' } });
  lag = 0; // a later write does not overtake an earlier one
  await put('2', { due: { S: 'monday' } });
  expect([await exists('1'), await due()]).toEqual([true, 0]);
  db.clock.now += 499;
  expect(await due()).toBe(0);
  db.clock.now += 1;
  expect(await due()).toBe(2);
});

test('seeded faults repeat with their source of chance, and each rate strikes', async () => {
  await startWith({});
  const sequence = (seed: number) => {
    let state = seed;
    const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
    const faults = seededFaults(random, { throttle: 0.1, conflict: 0.1, failBefore: 0.1, failAfter: 0.1 });
    return Array.from({ length: 200 }, () => faults.before?.('PutItem', {}));
  };
  expect(sequence(1)).toEqual(sequence(1));
  expect(sequence(1)).not.toEqual(sequence(2));
  expect(new Set(sequence(1))).toEqual(new Set([undefined, 'throttle', 'conflict', '5xx-before', '5xx-after']));
});
