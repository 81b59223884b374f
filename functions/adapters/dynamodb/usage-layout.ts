/**
 * How many shards the journal has on which day: a list that only grows, of which an
 * entry takes effect on a UTC day that begins ten minutes hence or later. So every
 * writer, whose copy is at most a minute old, and every reader agree on each day.
 */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { assert } from '#domain/assert.ts';
import { addDays, type Day, utcDay } from '#domain/time/day.ts';
import { addMinutes, instantAt } from '#domain/time/instant.ts';
import { asOutage } from './as-outage.ts';
import { type Attempts, usageAttempts } from './usage-attempts.ts';
import { layoutKey, type UsageTable } from './usage-table.ts';

export type JournalLayout = readonly { readonly fromDay: Day; readonly shards: number }[];

const mostShards = 64;
const leadMinutes = 10;
const freshMs = 60_000;

export const shardsOn = (layout: JournalLayout, day: Day): number =>
  layout.findLast(({ fromDay }) => fromDay <= day)?.shards ?? 1;

/** The layout as it stands; nobody having planned one, it is empty and every day has one shard. */
export const readLayout = async ({ client, table, book }: UsageTable, { make }: Attempts): Promise<JournalLayout> =>
  make('reading the layout of the journal', async (abortSignal) => {
    const request = new GetItemCommand({ TableName: table, Key: layoutKey(book), ConsistentRead: true });
    const { Item } = await client.send(request, { abortSignal });
    return Item?.['layout']?.S === undefined ? [] : (JSON.parse(Item['layout'].S) as JournalLayout);
  });

/** The layout for writers: read once a minute. */
export const cachedLayout = (usage: UsageTable) => {
  let last: { readonly layout: JournalLayout; readonly atMs: number } | undefined;
  return async (within: Attempts): Promise<JournalLayout> => {
    const atMs = usage.now();
    // A clock that went back (a test clock may) is no proof of freshness.
    if (last === undefined || atMs - last.atMs > freshMs || atMs < last.atMs)
      last = { layout: await readLayout(usage, within), atMs };
    return last.layout;
  };
};

/** Plans a number of shards from the next possible day on, which it returns. Two planners at once: one is an outage. */
export const planShards = async (usage: UsageTable, shards: number): Promise<Day> => {
  assert(Number.isInteger(shards) && shards >= 1 && shards <= mostShards, `a journal has 1 to ${mostShards} shards`);
  const { client, table, book, now } = usage;
  const fromDay = addDays(utcDay(addMinutes(instantAt(now()), leadMinutes)), 1);
  const seen = await readLayout(usage, usageAttempts(usage));
  const planned: JournalLayout = [...seen, { fromDay, shards }];
  const request = new PutItemCommand({
    TableName: table,
    Item: { ...layoutKey(book), layout: { S: JSON.stringify(planned) } },
    ...(seen.length === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'layout = :seen', ExpressionAttributeValues: { ':seen': { S: JSON.stringify(seen) } } }),
  });
  await client
    .send(request)
    .catch((error: unknown) => Promise.reject(asOutage('planning the shards of the journal', error)));
  return fromDay;
};
