/**
 * Commits an answer: its records and its outbox page in one transaction. A conflict
 * is tried again as it is; an unknown outcome is asked again under the same token; a
 * version that moved on is reported, so that the step reads and decides anew.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CancellationReason,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { assert, Bug, unreachable } from '#domain/assert.ts';
import { Outage } from '#domain/outage.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import type { Write } from '../../handle.ts';
import { asOutage } from './as-outage.ts';
import type { BooksTable } from './books.ts';
import { itemOf, keyAttributes, placeOf } from './item.ts';
import { type OutboxPage, outboxItem, outboxPage } from './outbox-page.ts';

/** What became of a transaction: all of it, or nothing because some records are not, or no longer, as they were read. */
export type Committed =
  | { readonly state: 'committed'; readonly page: OutboxPage | undefined }
  | { readonly state: 'version_lost'; readonly records: readonly string[] };

const mostWrites = 90;
const mostTries = 8;

export const transact = async (
  books: BooksTable & { readonly random: () => number },
  writes: readonly Write[],
  tells: readonly DomainEvent[],
  nowMs: number,
): Promise<Committed> => {
  if (writes.length === 0 && tells.length === 0) return { state: 'committed', page: undefined };
  assert(
    writes.length <= mostWrites,
    `an answer is at most ${String(mostWrites)} writes, not ${String(writes.length)}`,
  );
  // One token a call and not a content: two runs that claim the same at once must not both be told they did.
  const { random, pause = sleep } = books;
  const token = tokenFrom(random);
  const page = tells.length === 0 ? undefined : outboxPage(token, tells, nowMs);
  const items = [
    ...writes.map((write) => transactItem(books, write)),
    ...(page === undefined ? [] : [{ Put: { TableName: books.table, Item: outboxItem(books.book, page) } }]),
  ];

  for (let tries = 1; ; tries += 1) {
    try {
      await books.client.send(new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: token }));
      return { state: 'committed', page };
    } catch (error) {
      if (error instanceof TransactionCanceledException) {
        const settled = settledBy(error.CancellationReasons ?? [], writes);
        if (settled !== 'try again') return settled;
      } else {
        const outage = asOutage('committing an answer', error);
        if (!(outage instanceof Outage)) throw outage;
      }
      if (tries === mostTries) throw new Outage('committing an answer: no outcome after eight tries', { cause: error });
      // Full jitter: two writers that met once should not meet again.
      await pause(random() * Math.min(1_000, 10 * 2 ** tries));
    }
  }
};

const tokenFrom = (random: () => number): string =>
  Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');

const settledBy = (reasons: readonly CancellationReason[], writes: readonly Write[]): Committed | 'try again' => {
  const lost: string[] = [];
  for (const [i, { Code, Message }] of reasons.entries()) {
    if (Code === 'ConditionalCheckFailed') {
      const write = writes[i];
      lost.push(write === undefined ? 'outbox' : `${write.op} ${write.kind} ${JSON.stringify(write.key)}`);
    } else if (Code === 'ValidationError' || Code === 'ItemCollectionSizeLimitExceeded') {
      throw new Bug(`a transaction the store cannot take: ${Message ?? Code}`);
    }
  }
  return lost.length === 0 ? 'try again' : { state: 'version_lost', records: lost };
};

const transactItem = ({ table, book }: BooksTable, write: Write): TransactWriteItem => {
  switch (write.op) {
    case 'create':
      return {
        Put: {
          TableName: table,
          Item: itemOf(book, write.kind, write.value, 1),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      };
    case 'change':
      return {
        Put: {
          TableName: table,
          Item: itemOf(book, write.kind, write.value, write.version + 1),
          ConditionExpression: 'version = :seen',
          ExpressionAttributeValues: { ':seen': { N: String(write.version) } },
        },
      };
    case 'check':
      return {
        ConditionCheck: {
          TableName: table,
          Key: keyAttributes(book, placeOf(write.kind, write.key)),
          ConditionExpression: 'version = :seen',
          ExpressionAttributeValues: { ':seen': { N: String(write.version) } },
        },
      };
    case 'absent':
      return {
        ConditionCheck: {
          TableName: table,
          Key: keyAttributes(book, placeOf(write.kind, write.key)),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      };
    default:
      return unreachable(write);
  }
};
