/**
 * Random sequences of operations against our store and against dynalite, which must answer alike.
 * dynalite is the older and wider used; where the two differ on purpose (transactions, index
 * capacity, document equality) it is not asked.
 */
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import * as sdk from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Step, Values } from './dynamodb-arbitraries.ts';
import { ONE_TABLE, steps, stock } from './dynamodb-arbitraries.ts';
import type { UnderTest } from './dynamodb-under-test.ts';
import { clientFor, createBooks, startUnderTest } from './dynamodb-under-test.ts';

const dynalite = createRequire(import.meta.url)('dynalite') as (options: object) => Server;

let ours: UnderTest;
let oracle: Server;
let theirs: sdk.DynamoDBClient;
beforeAll(async () => {
  ours = await startUnderTest();
  oracle = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => oracle.listen(0, '127.0.0.1', resolve));
  theirs = clientFor(`http://127.0.0.1:${(oracle.address() as AddressInfo).port}`);
});
afterAll(async () => {
  theirs.destroy();
  await new Promise((resolve) => oracle.close(resolve));
  await ours.close();
});

type Answer = sdk.ScanCommandOutput & { Attributes?: Values; Responses?: Record<string, Values[]> };

const renamed = (value: object, from: string, to: string): object =>
  JSON.parse(JSON.stringify(value).replaceAll(`"${from}"`, JSON.stringify(to))) as object;

const sorted = (items: readonly Values[] | undefined) =>
  items
    ?.map((each) => Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** An answer in a form that compares: order of a scan and of equal index keys means nothing, messages are not compared. */
async function answerOf(client: sdk.DynamoDBClient, { operation, input }: Step, TableName: string): Promise<unknown> {
  const Command = sdk[`${operation}Command` as 'ScanCommand'];
  const request = 'RequestItems' in input ? renamed(input, ONE_TABLE, TableName) : { ...input, TableName };
  const [outcome] = await Promise.allSettled([client.send(new Command(request as sdk.ScanCommandInput))]);
  if (outcome.status === 'rejected') {
    if (!(outcome.reason instanceof sdk.DynamoDBServiceException)) throw outcome.reason; // no answer at all
    return outcome.reason.name;
  }
  const { $metadata: _, Attributes, Items, Responses, ...answer } = outcome.value as Answer;
  const unordered = operation === 'Scan' || 'IndexName' in input;
  return {
    ...answer,
    Items: unordered ? sorted(Items) : Items,
    Responses: sorted(Responses?.[TableName]),
    Attributes: Attributes && Object.keys(Attributes).length > 0 ? Attributes : undefined,
  };
}

/** dynalite makes a table active a moment later. */
async function active(TableName: string): Promise<void> {
  const { Table } = await theirs.send(new sdk.DescribeTableCommand({ TableName }));
  if (Table?.TableStatus !== 'ACTIVE') await active(TableName);
}

let tables = 0;
test('our store answers as dynalite does', async () => {
  const asked = new Map<string, number>();
  const answered = new Map<string, number>();
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(stock, fc.array(steps, { minLength: 5, maxLength: 30, size: 'max' }), async (first, then) => {
      const TableName = `table-${tables++}`;
      const create = new sdk.CreateTableCommand({ ...createBooks.input, TableName });
      await Promise.all([ours.client.send(create), theirs.send(create)]);
      await active(TableName);
      for (const each of [first, ...then]) {
        const [mine, expected] = await Promise.all([
          answerOf(ours.client, each, TableName),
          answerOf(theirs, each, TableName),
        ]);
        expect(mine, JSON.stringify(each)).toEqual(expected);
        count(asked, each.operation);
        if (typeof mine === 'object') count(answered, each.operation);
      }
    }),
    { numRuns: Number(process.env['DIFFERENTIAL_RUNS'] ?? 50), interruptAfterTimeLimit: 6000 },
  );
  // The comparison is worth something only if much was answered and not everything.
  for (const operation of ['PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'BatchWriteItem']) {
    const share = (answered.get(operation) ?? 0) / (asked.get(operation) ?? 0);
    expect(share, `share of ${operation} that was answered`).toBeGreaterThan(0.3);
  }
  expect(answered.get('UpdateItem')).toBeLessThan(asked.get('UpdateItem') ?? 0);
});
