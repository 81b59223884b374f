/**
 * The port `books` on DynamoDB: strongly consistent reads of records by place, and
 * hints from the two indexes. Every page is drained and every unprocessed key asked
 * for again, so a read is whole or an outage (I6).
 */
import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { Outage } from '#domain/outage.ts';
import type { Handle } from '../../handle.ts';
import type { Books } from '../../ports.ts';
import { type KeyOf, type RecordKind } from '../../records/index.ts';
import { shards } from '../../records/record.ts';
import { asOutage } from './as-outage.ts';
import { type Book, partitionIn } from './book.ts';
import { handleIn, indexes, type Item, keyAttributes, placeOf, sortsOf } from './item.ts';
import { readPart } from './parts.ts';

export interface BooksTable {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly book: Book;
  /** Waits so many milliseconds between tries; real time unless given. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

export const books = ({ client, table, book, pause = sleep }: BooksTable): Books => {
  const query = async (input: Omit<QueryCommandInput, 'TableName'>) =>
    client
      .send(new QueryCommand({ TableName: table, ...input }))
      .catch((error: unknown) => Promise.reject(asOutage('reading records', error)));

  const drained = async (input: Omit<QueryCommandInput, 'TableName'>): Promise<Item[]> => {
    const items: Item[] = [];
    let start: QueryCommandInput['ExclusiveStartKey'];
    do {
      const page = await query({ ...input, ExclusiveStartKey: start });
      items.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return items;
  };

  const get = async <Kind extends RecordKind>(kind: Kind, key: KeyOf<Kind>): Promise<Handle<Kind> | undefined> => {
    const found = await client
      .send(
        new GetItemCommand({ TableName: table, Key: keyAttributes(book, placeOf(kind, key)), ConsistentRead: true }),
      )
      .catch((error: unknown) => Promise.reject(asOutage(`reading ${kind}`, error)));
    return found.Item === undefined ? undefined : handleIn([kind], found.Item);
  };

  const getAll = async <Kind extends RecordKind>(
    kind: Kind,
    keys: readonly KeyOf<Kind>[],
  ): Promise<readonly Handle<Kind>[]> => {
    const places = keys.map((key) => placeOf(kind, key));
    const found = new Map<string, Item>();
    const distinct = [...new Map(places.map((place) => [`${place.partition}\n${place.sort}`, place])).values()];
    for (let at = 0; at < distinct.length; at += 100) {
      for (const item of await batchGet(
        { client, table, pause },
        distinct.slice(at, at + 100).map((place) => keyAttributes(book, place)),
      )) {
        found.set(`${item['pk']?.S ?? ''}\n${item['sk']?.S ?? ''}`, item);
      }
    }
    return places.flatMap(({ partition, sort }) => {
      const item = found.get(`${partitionIn(book, partition)}\n${sort}`);
      return item === undefined ? [] : [handleIn([kind], item)];
    });
  };

  return {
    get,
    getAll,
    list: async (kinds, within) => {
      const found: Item[] = [];
      for (const kind of kinds) {
        const prefix = sortsOf(kind);
        found.push(
          ...(await drained({
            KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
            ExpressionAttributeValues: {
              ':pk': { S: partitionIn(book, placeOf(kind, within).partition) },
              ...(prefix === '' ? {} : { ':prefix': { S: prefix } }),
            },
            ConsistentRead: true,
          })),
        );
      }
      return found.map((item) => handleIn(kinds, item));
    },
    due: async (work, upTo) => {
      const perShard = await Promise.all(
        Array.from({ length: shards }, async (_, shard) =>
          drained({
            IndexName: 'due',
            KeyConditionExpression: '#pk = :pk AND #sk <= :upTo',
            ExpressionAttributeNames: { '#pk': indexes.due[0], '#sk': indexes.due[1] },
            ExpressionAttributeValues: {
              ':pk': { S: partitionIn(book, `${work}#${String(shard)}`) },
              ':upTo': { S: upTo },
            },
          }),
        ),
      );
      return perShard
        .flat()
        .map((item) => item[indexes.due[1]]?.S ?? '')
        .sort();
    },
    index: async (list, { limit, after, newestFirst = false }) => {
      const bound = after === undefined ? '' : ` AND #sk ${newestFirst ? '<' : '>'} :after`;
      // One more than asked says whether there is a next page; a page of the store may hold less than that.
      const sorts: string[] = [];
      let start: QueryCommandInput['ExclusiveStartKey'];
      do {
        const page = await query({
          IndexName: 'list',
          KeyConditionExpression: `#pk = :pk${bound}`,
          ExpressionAttributeNames: {
            '#pk': indexes.list[0],
            ...(after === undefined ? {} : { '#sk': indexes.list[1] }),
          },
          ExpressionAttributeValues: {
            ':pk': { S: partitionIn(book, list) },
            ...(after === undefined ? {} : { ':after': { S: after } }),
          },
          ScanIndexForward: !newestFirst,
          Limit: limit + 1 - sorts.length,
          ExclusiveStartKey: start,
        });
        sorts.push(...(page.Items ?? []).map((item) => item[indexes.list[1]]?.S ?? ''));
        start = page.LastEvaluatedKey;
      } while (start !== undefined && sorts.length <= limit);
      return { sorts: sorts.slice(0, limit), next: sorts.length > limit ? (sorts[limit - 1] ?? null) : null };
    },
    part: (hash) => readPart(client, table, book, hash),
  };
};

/** Items of up to 100 keys; what the store leaves unprocessed is asked for again, a few times. */
const batchGet = async (
  { client, table, pause }: Required<Pick<BooksTable, 'client' | 'table' | 'pause'>>,
  keys: readonly Item[],
): Promise<Item[]> => {
  const items: Item[] = [];
  let wanted: Item[] = [...keys];
  for (let tries = 0; wanted.length > 0; tries += 1) {
    if (tries === 8) throw new Outage('reading records: the store left keys unprocessed eight times');
    if (tries > 0) await pause(20 * 2 ** tries);
    const answer: BatchGetItemCommandOutput = await client
      .send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }))
      .catch((error: unknown) => Promise.reject(asOutage('reading records', error)));
    items.push(...(answer.Responses?.[table] ?? []));
    wanted = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return items;
};
