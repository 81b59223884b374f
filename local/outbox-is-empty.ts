/** Whether no outbox page waits, asked of the store itself and not through its door: the local clock asks thousands of times a month. */
import { type Book, partitionIn } from '#functions/adapters/dynamodb/book.ts';
import { outboxPartition, outboxShards } from '#functions/adapters/dynamodb/outbox-page.ts';
import type { Store } from './dynamodb/store.ts';

export const outboxIsEmpty = async (store: Store, TableName: string, book: Book): Promise<boolean> => {
  for (let shard = 0; shard < outboxShards; shard += 1) {
    const { Count } = (await store.execute('Query', {
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: partitionIn(book, outboxPartition(shard)) } },
      ConsistentRead: true,
      Limit: 1,
    })) as { Count: number };
    if (Count > 0) return false;
  }
  return true;
};
