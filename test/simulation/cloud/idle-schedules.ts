/**
 * Which scheduled steps would find nothing to do: a sweep of an empty outbox, a chase
 * with no payment due. A month has three thousand of their hours, and one that finds
 * nothing shows nothing. The store is asked only where a transaction came in between.
 */
import { type Book, partitionIn } from '#functions/adapters/dynamodb/book.ts';
import { indexes } from '#functions/adapters/dynamodb/item.ts';
import { outboxPartition, outboxShards } from '#functions/adapters/dynamodb/outbox-page.ts';
import type { StepName } from '#functions/flow.ts';
import { shards } from '#functions/records/record.ts';
import type { Store } from '#local/dynamodb/store.ts';
import { tableNames } from '#local/tables.ts';

export interface IdleSchedules {
  /** To be told of every operation of the store. */
  readonly operated: (operation: string) => void;
  readonly isIdle: (step: StepName, nowMs: number) => Promise<boolean>;
}

const book: Book = 'L';
const [duePartition, dueSort] = indexes.due;

export const idleSchedules = (execute: Store['execute']): IdleSchedules => {
  let mayHavePages = true;
  /** The day for which no payment was due when last asked, and nothing was written since or in the hour before: an index may lag. */
  let nothingDueOn = '';
  let isQuiet = false;

  const isThere = async (queries: readonly object[]): Promise<boolean> => {
    for (const query of queries) {
      const found = (await execute('Query', { TableName: tableNames.books, Limit: 1, ...query })) as {
        readonly Count: number;
      };
      if (found.Count > 0) return true;
    }
    return false;
  };

  return {
    operated: (operation) => {
      if (operation !== 'TransactWriteItems') return;
      mayHavePages = true;
      nothingDueOn = '';
      isQuiet = false;
    },
    isIdle: async (step, nowMs) => {
      switch (step) {
        case 'sweep-outbox':
          if (!mayHavePages) return true;
          mayHavePages = false;
          mayHavePages = await isThere(pages);
          return !mayHavePages;
        case 'chase-payments': {
          const today = new Date(nowMs).toISOString().slice(0, 10);
          if (today === nothingDueOn) return true;
          const isIdle = !(await isThere(paymentsDue(today)));
          if (isIdle && isQuiet) nothingDueOn = today;
          isQuiet = true;
          return isIdle;
        }
        default:
          return false;
      }
    },
  };
};

const pages: readonly object[] = Array.from({ length: outboxShards }, (_, shard) => ({
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': { S: partitionIn(book, outboxPartition(shard)) } },
  ConsistentRead: true,
}));

const paymentsDue = (today: string): readonly object[] =>
  Array.from({ length: shards }, (_, shard) => ({
    IndexName: 'due',
    KeyConditionExpression: '#pk = :pk AND #sk <= :today',
    ExpressionAttributeNames: { '#pk': duePartition, '#sk': dueSort },
    ExpressionAttributeValues: {
      ':pk': { S: partitionIn(book, `payment#${String(shard)}`) },
      ':today': { S: `${today}~` },
    },
  }));
