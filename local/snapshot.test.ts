/** A snapshot of the real store, queues, mailbox and Stripe double, each filled through the adapters production uses. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, it } from 'vitest';
import { audit } from '#domain/audit/audit.ts';
import type { Customer } from '#domain/catalog/customer.ts';
import { canonicalHash } from '#domain/canonical.ts';
import { epochMs, instant } from '#domain/time/instant.ts';
import { utc } from '#domain/time/zone.ts';
import { putPart } from '#functions/adapters/dynamodb/parts.ts';
import { transact } from '#functions/adapters/dynamodb/transact.ts';
import { usageLog } from '#functions/adapters/dynamodb/usage-log.ts';
import { create } from '#functions/handle.ts';
import type { Item } from './dynamodb/attribute-value.ts';
import { serveDynamodb } from './dynamodb/serve-dynamodb.ts';
import { createStore } from './dynamodb/store.ts';
import { takeSnapshot } from './snapshot.ts';
import { mailSeen } from './snapshot/outside-seen.ts';
import { createQueues } from './sqs/queues.ts';
import { createStripeDouble } from './stripe/double.ts';
import { createTables, tableNames } from './tables.ts';

const now = instant('2026-01-02T03:04:05.678Z');
const id = `cus_${'a'.repeat(20)}`;
const customer: Customer = {
  id,
  externalId: 'acme',
  currency: 'EUR',
  timezone: utc,
  billingEntity: 'default',
  netTermsDays: 14,
  payment: { state: 'none' },
  createdAt: now,
};

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const open = async () => {
  // One item a page: whoever does not drain every page sees nearly nothing.
  const store = createStore({ now: () => epochMs(now), faults: { pageSize: () => 1 } });
  const door = await serveDynamodb({ store });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint: door.url, region: 'us-east-1', credentials });
  await createTables(client);
  const queues = createQueues({ now: () => epochMs(now) });
  const stripe = createStripeDouble({ now: () => epochMs(now) });
  closers.push(
    () => client.destroy(),
    () => queues.close(),
    () => stripe.close(),
    () => door.close(),
    () => store.close(),
  );
  const table = { client, table: tableNames.books, book: 'L' as const };
  return {
    table,
    log: usageLog({ client, table: tableNames.usage, book: 'L', now: () => epochMs(now), random: Math.random }),
    commit: (...values: readonly Customer[]) =>
      transact(
        { ...table, random: Math.random },
        values.map((value) => create('customer', value)),
        [],
        epochMs(now),
      ),
    tell: () =>
      transact({ ...table, random: Math.random }, [], [{ name: 'run.closed', data: { run: 'run_1' } }], epochMs(now)),
    /** Changes one stored item behind everybody's back. */
    tamper: async (pk: string, change: (item: Item) => Item) => {
      const Key = { pk: { S: pk }, sk: { S: '0' } };
      const { Item: item } = (await store.execute('GetItem', { TableName: tableNames.books, Key })) as { Item: Item };
      await store.execute('PutItem', { TableName: tableNames.books, Item: change(item) });
    },
    look: () =>
      takeSnapshot({
        store,
        queues,
        stripe,
        inbox: { inbox: () => Promise.resolve([]) },
        world: { clock: { now: () => now } },
      }),
  };
};

it('sees every record, part, event and page, however many pages the store makes of them', async () => {
  const { commit, table, log, tell, look } = await open();
  await commit(customer, { ...customer, id: `cus_${'b'.repeat(20)}`, externalId: 'other' });
  const long = Array.from({ length: 60_000 }, (_, i) => canonicalHash(i)); // deflates to several pieces of 350 KB
  const hash = await putPart(table.client, table.table, table.book, long);
  const used = { id: 'e-1', source: 'meter', type: 'used', subject: 'sim-1', time: now, data: { quantity: '1.50' } };
  await log.append([used, { ...used, id: 'e-2', subject: 'sim-2' }]);
  await log.append([used]);
  await tell();

  const seen = await look();
  expect(seen.books.customers).toHaveLength(2);
  expect(seen.books.customers).toContainEqual(customer);
  expect(JSON.parse(seen.parts.get(hash) ?? 'null')).toEqual(long);
  expect(seen.journal).toHaveLength(3);
  expect(seen.journal).toContainEqual({ ...used, arrivedAt: now });
  expect(seen.outbox).toMatchObject([{ events: ['run.closed'] }]);
  expect(seen.flaws).toEqual([]);
  expect(audit(seen).map(({ invariant }) => invariant)).toEqual(['I36']); // the page nobody published
}, 60_000);

it.each<[string, (item: Item) => Item]>([
  ['lost its index entry', ({ listPk: _, listSk: __, ...item }) => item],
  [
    'has another value than its hash',
    (item) => ({ ...item, body: { S: (item['body']?.S ?? '').replace('acme', 'acmf') } }),
  ],
  ['is of a kind nobody knows', (item) => ({ ...item, kind: { S: 'costumer' } })],
])('finds an item that %s', async (_, change) => {
  const { commit, tamper, look } = await open();
  await commit(customer);
  await tamper(`L#C#${id}`, change);
  const { flaws } = await look();
  expect(flaws.map(({ key }) => key)).toEqual([`L#C#${id} 0`]);
});

it('finds a part that lacks a piece, and passes over one that was never finished', async () => {
  const { table, look } = await open();
  const hash = await putPart(table.client, table.table, table.book, ['a part']);
  const broken = {
    pk: { S: `L#X#${'0'.repeat(64)}` },
    kind: { S: 'part' },
    pieces: { N: '2' },
    bytes: { B: Buffer.from('x') },
  };
  const { PutItemCommand } = await import('@aws-sdk/client-dynamodb');
  await table.client.send(new PutItemCommand({ TableName: table.table, Item: { ...broken, sk: { S: '0' } } }));
  const unfinished = { ...broken, pk: { S: `L#X#${'1'.repeat(64)}` }, sk: { S: '1' } };
  await table.client.send(new PutItemCommand({ TableName: table.table, Item: unfinished }));

  const { parts, flaws } = await look();
  expect([...parts.keys()]).toEqual([hash]);
  expect(flaws.map(({ key }) => key)).toEqual([broken.pk.S]);
});

it('knows a mail by the invoice its payment link opens', () => {
  const invoice = `inv_${'a'.repeat(20)}_1_0`;
  const mail = { messageId: 'm-1', to: ['ada@example.com'] };
  expect(mailSeen({ ...mail, text: `Pay here: https://pay.example/pay/${invoice}.${'0'.repeat(64)}` })).toEqual({
    ...mail,
    invoice,
  });
  expect(mailSeen({ ...mail, text: 'Hello' })).toEqual({ ...mail, invoice: null });
});
