/**
 * A process killed with SIGKILL in the midst of six-item transactions, again and again, compacting
 * as it goes: what was answered is there, and nothing is ever there by half.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { paginateScan, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientFor, createBooks, keyed, TABLE } from './dynamodb-under-test.ts';

const KILLS = 10;
const WRITERS = 8;
const ITEMS = 6;

let directory: string;
let child: ChildProcess | undefined;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'dynamodb-kill-'))));
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

async function start(): Promise<DynamoDBClient> {
  const main = new URL('../../local/dynamodb/serve.ts', import.meta.url).pathname;
  const started = spawn(process.execPath, [main, '--data', directory, '--compact-at', '60000']);
  child = started;
  const [line] = (await once(started.stdout, 'data')) as [Buffer];
  const url = /^dynamodb ready (\S+)/.exec(line.toString())?.[1];
  if (!url) throw new Error(`no ready line: ${line.toString()}`);
  return clientFor(url);
}

/** Writes transactions until the connection breaks; every item of one carries the transaction's name as `pk`. */
async function writeUntilKilled(client: DynamoDBClient, writer: string, answered: Set<string>): Promise<void> {
  for (let i = 0; ; i++) {
    const name = `${writer}.${i}`;
    const puts = Array.from({ length: ITEMS }, (_, n) => ({ Put: { TableName: TABLE, Item: keyed(name, String(n)) } }));
    const [outcome] = await Promise.allSettled([client.send(new TransactWriteItemsCommand({ TransactItems: puts }))]);
    if (outcome.status === 'rejected') return;
    answered.add(name);
  }
}

/** How many items there are of each transaction. */
async function itemsByTransaction(client: DynamoDBClient): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for await (const page of paginateScan({ client }, { TableName: TABLE, ProjectionExpression: 'pk' })) {
    for (const { pk } of page.Items ?? []) counts.set(pk?.S ?? '', (counts.get(pk?.S ?? '') ?? 0) + 1);
  }
  return counts;
}

test(`${KILLS} kills leave no half transaction and lose no answered one`, async () => {
  const answered = new Set<string>();
  for (let kill = 0; kill < KILLS; kill++) {
    const client = await start();
    if (kill === 0) await client.send(createBooks);
    const enough = answered.size + 20 + 13 * kill;
    const writers = Array.from({ length: WRITERS }, (_, i) => writeUntilKilled(client, `${kill}.${i}`, answered));
    while (answered.size < enough) await sleep(1 + (kill % 4));
    child?.kill('SIGKILL');
    await Promise.all(writers);
    client.destroy();
  }

  const client = await start();
  const found = await itemsByTransaction(client);
  expect([...found].filter(([, count]) => count !== ITEMS)).toEqual([]);
  expect([...answered].filter((name) => !found.has(name))).toEqual([]);
  client.destroy();
}, 120_000); // eleven starts of a process
