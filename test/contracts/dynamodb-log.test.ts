/**
 * What the write-ahead log brings back after any end: everything answered, nothing half, tables
 * and tokens included, also from the middle of a compaction.
 */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '#local/dynamodb/store.ts';
import { createStore } from '#local/dynamodb/store.ts';
import type { LogOptions } from '#local/dynamodb/write-ahead-log.ts';
import { WriteAheadLog } from '#local/dynamodb/write-ahead-log.ts';
import { createBooks, keyed, TABLE } from './dynamodb-under-test.ts';

let directory: string;
beforeEach(() => (directory = fs.mkdtempSync(join(tmpdir(), 'dynamodb-log-'))));
afterEach(() => fs.rmSync(directory, { recursive: true }));

const openStore = (options: LogOptions = {}): Store =>
  createStore({ now: () => 1_000_000, log: new WriteAheadLog(directory, options) });
const put = (sk: string, more: object = {}) => ({ Put: { TableName: TABLE, Item: { ...keyed('l', sk), ...more } } });
const transact = (store: Store, items: readonly object[], more: object = {}) =>
  store.execute('TransactWriteItems', { TransactItems: items, ...more });
const sortKeys = async (store: Store, index: object = {}) => {
  const input = {
    TableName: TABLE,
    KeyConditionExpression: 'pk = :p',
    ExpressionAttributeValues: { ':p': { S: 'l' } },
    ...index,
  };
  const { Items } = (await store.execute('Query', input)) as { Items: { sk: { S: string } }[] };
  return Items.map((item) => item.sk.S);
};
const files = () => fs.readdirSync(directory).sort();
const file = (name: string) => join(directory, name);

test('tables, items, indexes, time to live and tokens come back', async () => {
  const first = openStore({ fsync: true });
  await first.execute('CreateTable', createBooks.input);
  const TimeToLiveSpecification = { AttributeName: 'expiresAt', Enabled: true };
  await first.execute('UpdateTimeToLive', { TableName: TABLE, TimeToLiveSpecification });
  const once = { ClientRequestToken: 'once' };
  await transact(first, [put('1', { due: { S: 'd' }, expiresAt: { N: '1000' } }), put('2')], once);
  await first.execute('DeleteItem', { TableName: TABLE, Key: keyed('l', '2') });
  await first.close();

  const second = openStore();
  expect(await sortKeys(second)).toEqual(['1']);
  const byDue = {
    IndexName: 'byDue',
    KeyConditionExpression: 'due = :d',
    ExpressionAttributeValues: { ':d': { S: 'd' } },
  };
  expect(await sortKeys(second, byDue)).toEqual(['1']);
  await transact(second, [put('1', { due: { S: 'd' }, expiresAt: { N: '1000' } }), put('2')], once);
  expect(await sortKeys(second)).toEqual(['1']);
  expect(await second.expire()).toBe(1);
  await second.execute('DeleteTable', { TableName: TABLE });
  await second.close();
  const third = openStore();
  expect(await third.execute('ListTables', {})).toEqual({ TableNames: [] });
  await third.close();
});

test('a log cut at any byte gives whole transactions, and goes on from there', async () => {
  const store = openStore();
  await store.execute('CreateTable', createBooks.input);
  const ends = [fs.statSync(file('log.0')).size];
  for (const at of ['a', 'b', 'c']) {
    await transact(store, [put(`${at}1`, { text: { S: 'é\n"' } }), put(`${at}2`)]);
    ends.push(fs.statSync(file('log.0')).size);
  }
  await store.close();
  const whole = fs.readFileSync(file('log.0'));
  for (let cut = ends[0] as number; cut <= whole.length; cut++) {
    fs.writeFileSync(file('log.0'), whole.subarray(0, cut));
    const survivor = openStore();
    const transactions = ends.filter((end) => end <= cut).length - 1;
    expect(await sortKeys(survivor)).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2'].slice(0, 2 * transactions));
    await survivor.close();
    expect(fs.statSync(file('log.0')).size).toBe(ends[transactions]);
  }
});

test('damage in the middle is not taken for a torn end', async () => {
  const store = openStore();
  await store.execute('CreateTable', createBooks.input);
  await transact(store, [put('1')]);
  await transact(store, [put('2')]);
  await store.close();
  const text = fs.readFileSync(file('log.0'), 'utf8');
  fs.writeFileSync(file('log.0'), text.replace('"S":"1"', '"S":"7"'));
  expect(() => openStore()).toThrow(/damaged/);
});

test('compaction keeps the state and the size, and a kill at each of its steps loses nothing', async () => {
  const keys = Array.from({ length: 300 }, (_, i) => String(i).padStart(3, '0'));
  const store = openStore({ compactAt: 20_000 });
  await store.execute('CreateTable', createBooks.input);
  for (const sk of keys) {
    await transact(store, [put(sk), put('same', { n: { N: sk } })]);
  }
  await store.close();
  const [log, snapshot, ...others] = files();
  const generation = Number(log?.split('.')[1]);
  expect(generation).toBeGreaterThan(0);
  expect([snapshot, others]).toEqual([`snapshot.${generation}`, []]);

  // Before the rename: the part file is there, the snapshot is not yet; old snapshot and both logs hold the state.
  const before = openStore({ compactAt: 1e9 });
  await transact(before, [put('late')]);
  await before.close();
  fs.writeFileSync(file(`snapshot.${generation + 1}.part`), 'half a sn');
  fs.writeFileSync(file(`log.${generation + 1}`), '');
  const after = openStore({ compactAt: 1e9 });
  expect(await sortKeys(after)).toEqual([...keys, 'late', 'same']);
  expect(files()).not.toContain(`snapshot.${generation + 1}.part`);
  await transact(after, [put('later')]);
  await after.close();

  // After the rename, before the old files went: they are ignored and removed.
  fs.writeFileSync(file(`snapshot.${generation - 1}`), 'old');
  fs.writeFileSync(file(`log.${generation - 1}`), 'old');
  const last = openStore({ compactAt: 1e9 });
  expect(await sortKeys(last)).toEqual([...keys, 'late', 'later', 'same']);
  await last.close();
  expect(files().filter((name) => name.endsWith(`.${generation - 1}`))).toEqual([]);
});

test('a store whose log cannot be written answers nothing more', async () => {
  const log = new WriteAheadLog(directory);
  const store = createStore({ now: () => 0, log });
  await store.execute('CreateTable', createBooks.input);
  await log.close();
  await expect(transact(store, [put('1')])).rejects.toThrow(/closed/);
  await expect(sortKeys(store)).rejects.toThrow(/closed/);
});
