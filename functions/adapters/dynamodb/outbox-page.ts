/**
 * An outbox page: the events one transaction told, stored by that same transaction
 * and removed once they are on their queues. A page that stays is work a crash
 * interrupted; the sweeper publishes it.
 */
import { DeleteItemCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { present } from '#domain/assert.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import { shardOf } from '../../records/record.ts';
import { asOutage } from './as-outage.ts';
import { type Book, partitionIn } from './book.ts';
import type { BooksTable } from './books.ts';
import type { Item } from './item.ts';

export interface OutboxPage {
  readonly partition: string;
  readonly sort: string;
  /** Each with an id that stays the same however often the page is published. */
  readonly events: readonly (DomainEvent & { readonly id: string })[];
}

export const outboxShards = 4;
export const outboxPartition = (shard: number): string => `OUT#${String(shard)}`;

export const outboxPage = (token: string, tells: readonly DomainEvent[], nowMs: number): OutboxPage => ({
  partition: outboxPartition(shardOf(token) % outboxShards),
  sort: `${String(nowMs).padStart(15, '0')}#${token}`,
  events: tells.map((event, i) => ({ ...event, id: `${token}-${String(i)}` })),
});

/** When the transaction that told its events was made. */
export const toldAtMs = ({ sort }: OutboxPage): number => Number(sort.slice(0, sort.indexOf('#')));

export const outboxItem = (book: Book, { partition, sort, events }: OutboxPage): Item => ({
  pk: { S: partitionIn(book, partition) },
  sk: { S: sort },
  kind: { S: 'outboxPage' },
  body: { S: JSON.stringify(events) },
});

export const removePage = async (
  { client, table, book }: BooksTable,
  { partition, sort }: OutboxPage,
): Promise<void> => {
  await client
    .send(
      new DeleteItemCommand({ TableName: table, Key: { pk: { S: partitionIn(book, partition) }, sk: { S: sort } } }),
    )
    .catch((error: unknown) => Promise.reject(asOutage('removing an outbox page', error)));
};

/** Pages told before this instant, of all shards, strongly read. */
export const pagesBefore = async ({ client, table, book }: BooksTable, beforeMs: number): Promise<OutboxPage[]> => {
  const pages: OutboxPage[] = [];
  for (let shard = 0; shard < outboxShards; shard += 1) {
    let start: QueryCommandInput['ExclusiveStartKey'];
    do {
      const found = await client
        .send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk AND sk < :before',
            ExpressionAttributeValues: {
              ':pk': { S: partitionIn(book, outboxPartition(shard)) },
              ':before': { S: String(beforeMs).padStart(15, '0') },
            },
            ConsistentRead: true,
            ExclusiveStartKey: start,
          }),
        )
        .catch((error: unknown) => Promise.reject(asOutage('reading the outbox', error)));
      pages.push(...(found.Items ?? []).map((item) => pageIn(outboxPartition(shard), item)));
      start = found.LastEvaluatedKey;
    } while (start !== undefined);
  }
  return pages;
};

const pageIn = (partition: string, item: Item): OutboxPage => ({
  partition,
  sort: present(item['sk']?.S, 'an outbox page has a sort'),
  events: JSON.parse(present(item['body']?.S, 'an outbox page has events')) as OutboxPage['events'],
});
