/**
 * Whether a scheduled step would find nothing to do: a sweep of an empty outbox, a chase
 * with no payment due. The local clock lives three thousand of their hours a month, and
 * asks the store itself here instead of sending each through its lane to say so.
 */
import { type Book, partitionIn } from '#functions/adapters/dynamodb/book.ts';
import { indexes } from '#functions/adapters/dynamodb/item.ts';
import { outboxPartition, outboxShards } from '#functions/adapters/dynamodb/outbox-page.ts';
import type { StepName } from '#functions/flow.ts';
import { shards } from '#functions/records/record.ts';
import type { Store } from './dynamodb/store.ts';

export const isIdle = async (
  store: Store,
  table: string,
  book: Book,
  step: StepName,
  nowMs: number,
): Promise<boolean> => {
  const isEmpty = async (query: object): Promise<boolean> => {
    const { Count } = (await store.execute('Query', { TableName: table, Limit: 1, ...query })) as {
      readonly Count: number;
    };
    return Count === 0;
  };
  const areEmpty = async (count: number, query: (shard: number) => object): Promise<boolean> => {
    for (let shard = 0; shard < count; shard += 1) if (!(await isEmpty(query(shard)))) return false;
    return true;
  };
  if (step === 'sweep-outbox') {
    return areEmpty(outboxShards, (shard) => ({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: partitionIn(book, outboxPartition(shard)) } },
      ConsistentRead: true,
    }));
  }
  if (step !== 'chase-payments') return false;
  const today = `${new Date(nowMs).toISOString().slice(0, 10)}~`;
  const [partition, sort] = indexes.due;
  return areEmpty(shards, (shard) => ({
    IndexName: 'due',
    KeyConditionExpression: '#pk = :pk AND #sk <= :today',
    ExpressionAttributeNames: { '#pk': partition, '#sk': sort },
    ExpressionAttributeValues: { ':pk': { S: partitionIn(book, `payment#${shard}`) }, ':today': { S: today } },
  }));
};
