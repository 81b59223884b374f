/**
 * TransactWriteItems and TransactGetItems. All writes are decided against one state and committed
 * as one entry, or none is and every reason is told, in the order of the items. A token that was
 * used within ten minutes does nothing again; it is part of the same log entry as the writes, so
 * it survives with them.
 */
import { hash } from 'node:crypto';
import { getUnits, Meter, TRANSACTION_FACTOR, writeUnits } from './capacity.ts';
import type { CancellationReason } from './dynamo-error.ts';
import { DynamoError, transactionCancelled, validationError } from './dynamo-error.ts';
import type { Database } from './database.ts';
import type { Handlers } from './handler.ts';
import { itemSize } from './item-size.ts';
import { projected, readItem } from './read.ts';
import type { TransactWriteRequest, WriteKind, WriteRequest } from './requests.ts';
import type { Effect } from './write.ts';
import { decideWrite } from './write.ts';

const MAX_BYTES = 4 * 1024 * 1024;

interface Action {
  readonly kind: WriteKind;
  readonly write: WriteRequest;
}

const actionsOf = (request: TransactWriteRequest): readonly Action[] =>
  request.TransactItems.map((item) => {
    const [[kind, write]] = Object.entries(item) as unknown as [[WriteKind, WriteRequest]];
    return { kind, write };
  });

export const transactionOperations: Handlers<'TransactWriteItems' | 'TransactGetItems'> = {
  TransactWriteItems({ database, now, commit }, request) {
    const actions = actionsOf(request);
    refuseTwice(database, actions);
    const token = request.ClientRequestToken && {
      token: request.ClientRequestToken,
      digest: hash('sha256', JSON.stringify(request.TransactItems), 'base64'),
      at: now,
    };
    if (token && database.isRepeat(token.token, token.digest, now)) return repeated(database, request, actions);

    const effects = allOrReasons(actions, ({ kind, write }) => decideWrite(database, kind, write));
    refuseTooLarge(effects);
    const meter = new Meter();
    for (const { table, before, after } of effects) {
      meter.add(table.name, writeUnits(table, before, after, TRANSACTION_FACTOR));
    }
    commit({ changes: effects.flatMap((effect) => effect.changes), ...(token && { token }) });
    return meter.report(request, 'Write');
  },

  TransactGetItems({ database }, request) {
    const meter = new Meter();
    const gets = request.TransactItems.map((item) => item.Get);
    const responses = allOrReasons(gets, ({ TableName, Key, _projection }) => {
      const item = readItem(database, TableName, Key);
      meter.add(TableName, { table: TRANSACTION_FACTOR * getUnits(item, true), indexes: {} });
      return item ? { Item: projected(item, _projection) } : {};
    });
    return { Responses: responses, ...meter.report(request, 'Read') };
  },
};

/** Does all the work, or throws one cancellation that names a reason for each item. */
function allOrReasons<Work, Result>(work: readonly Work[], attempt: (one: Work) => Result): readonly Result[] {
  const reasons: CancellationReason[] = [];
  const results = work.flatMap((one) => {
    try {
      const result = attempt(one);
      reasons.push({ Code: 'None' });
      return [result];
    } catch (error) {
      reasons.push(reasonFor(error));
      return [];
    }
  });
  if (results.length < work.length) throw transactionCancelled(reasons);
  return results;
}

function reasonFor(error: unknown): CancellationReason {
  if (error instanceof DynamoError && error.__type === 'ConditionalCheckFailedException') {
    return { Code: 'ConditionalCheckFailed', Message: error.message, ...error.details };
  }
  if (error instanceof DynamoError && error.__type === 'ValidationException') {
    return { Code: 'ValidationError', Message: error.message };
  }
  throw error;
}

function refuseTwice(database: Database, actions: readonly Action[]): void {
  const seen = new Set<string>();
  for (const { write } of actions) {
    const table = database.table(write.TableName);
    const key = write.Key ? sortedByName(write.Key) : table.keyOf(write.Item ?? {});
    const identity = JSON.stringify([table.name, sortedByName(key)]);
    if (seen.has(identity)) {
      throw validationError('Transaction request cannot include multiple operations on one item');
    }
    seen.add(identity);
  }
}

const sortedByName = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) as T;

function refuseTooLarge(effects: readonly Effect[]): void {
  const bytes = effects.reduce((sum, { before, after }) => {
    const touched = after ?? before;
    return sum + (touched ? itemSize(touched) : 0);
  }, 0);
  if (bytes > MAX_BYTES) throw validationError('Transaction payload size has exceeded the maximum of 4 MB');
}

/** AWS answers a repeat as success and counts the reading of the items. */
function repeated(database: Database, request: TransactWriteRequest, actions: readonly Action[]): object {
  const meter = new Meter();
  for (const { write } of actions) {
    const table = database.table(write.TableName);
    const item = table.get(write.Key ?? write.Item ?? {});
    meter.add(table.name, { table: TRANSACTION_FACTOR * getUnits(item, true), indexes: {} });
  }
  return meter.report(request, 'Read');
}
