/**
 * The table `usage` and what lies where in it. Per book: the journal, one partition
 * an arrival day and shard; the layout, which says how many shards a day has; and the
 * numbers of usage points, one item a number.
 */
import { type AttributeValue, BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Day } from '#domain/time/day.ts';
import { Outage } from '#domain/outage.ts';
import { type Book, partitionIn } from './book.ts';
import type { Attempts, Chance } from './usage-attempts.ts';

/**
 * The client need not try again by itself, and better does not: a try of its own would
 * carry the stamp of the one before. Where it does, the time limit of a try still holds.
 */
export interface UsageTable extends Chance {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly book: Book;
}

export type UsageItem = Record<string, AttributeValue>;

const only = { S: '0' };

export const journalPartition = (book: Book, arrival: Day, shard: number): string =>
  partitionIn(book, `J#${arrival}#${shard}`);

export const layoutKey = (book: Book): UsageItem => ({ pk: { S: partitionIn(book, 'JLAYOUT') }, sk: only });

export const numberKey = (book: Book, number: number): UsageItem => ({
  pk: { S: partitionIn(book, `PTN#${number}`) },
  sk: only,
});

const mostKeys = 100;

/** The items of those keys that have one, strongly read; what the store leaves unprocessed is asked for again. */
export const readItems = async (
  { client, table }: UsageTable,
  keys: readonly UsageItem[],
  { make }: Attempts,
): Promise<UsageItem[]> => {
  const items: UsageItem[] = [];
  for (let at = 0; at < keys.length; at += mostKeys) {
    let wanted = keys.slice(at, at + mostKeys);
    await make('reading usage points', async (abortSignal) => {
      const request = new BatchGetItemCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } });
      const { Responses, UnprocessedKeys } = await client.send(request, { abortSignal });
      items.push(...(Responses?.[table] ?? []));
      wanted = UnprocessedKeys?.[table]?.Keys ?? [];
      if (wanted.length > 0) throw new Outage(`${wanted.length} keys of usage points were left unprocessed`);
    });
  }
  return items;
};
