/**
 * The embedded DynamoDB: one `execute` that takes an operation and its JSON and answers or throws
 * as AWS does. It lives in memory; with a log it also survives `kill -9`, because no answer, not
 * even to a read, leaves before every change it could have seen is written. Local cloud, tests and
 * simulator share this one store.
 */
import { batchOperations } from './batches.ts';
import { Database } from './database.ts';
import type { Entry } from './database.ts';
import { DynamoError, internalError } from './dynamo-error.ts';
import { expired } from './expiry.ts';
import type { Expiry } from './expiry.ts';
import { canConflict, errorOf } from './faults.ts';
import type { StoreFaults } from './faults.ts';
import type { Context, Handlers } from './handler.ts';
import { queryOperations } from './query.ts';
import { readOperations } from './read.ts';
import { checkRequest, isOperation } from './request-check.ts';
import type { Operation } from './requests.ts';
import { tableOperations } from './table-operations.ts';
import { transactionOperations } from './transactions.ts';
import type { WriteAheadLog } from './write-ahead-log.ts';
import { writeOperations } from './write.ts';

export interface StoreOptions {
  /** Epoch milliseconds: the store has no clock of its own. */
  readonly now: () => number;
  readonly log?: WriteAheadLog;
  readonly faults?: StoreFaults;
}

export interface Store {
  /** Wire shapes in and out. What comes out is part of the store: read it, do not change it. Throws a DynamoError. */
  execute(operation: string, input: object): Promise<object>;
  /** Deletes items whose time to live has passed, if `isNoticed` says so too; how many. Nothing else ever does. */
  expire(isNoticed?: Expiry): Promise<number>;
  /** Resolves when everything is on disk and the log is closed. */
  close(): Promise<void>;
}

const handlers: Handlers<Operation> = {
  ...tableOperations,
  ...readOperations,
  ...writeOperations,
  ...queryOperations,
  ...batchOperations,
  ...transactionOperations,
};

export function createStore({ now, log, faults = {} }: StoreOptions): Store {
  const database = new Database();
  const lagMs = faults.indexLagMs ?? (() => 0);
  // Indexes are rebuilt complete on start: what lagged before has arrived.
  log?.recover(
    (entry) => database.apply(entry, { now: 0, lagMs: () => 0 }),
    () => database.snapshot(),
  );

  const commitAt = (instant: number) => (entry: Entry) => {
    database.apply(entry, { now: instant, lagMs });
    log?.append(entry);
  };

  // Async so that a throw is an outcome too; the work itself is done in one go.
  async function attempt<Name extends Operation>(operation: Name, input: object): Promise<object> {
    const instant = now();
    const context: Context = { database, faults, now: instant, commit: commitAt(instant) };
    return handlers[operation](context, checkRequest(operation, input));
  }

  return {
    async execute(operation, input) {
      if (!isOperation(operation)) {
        throw new DynamoError('UnknownOperationException', `This store does not implement ${operation}`);
      }
      const fault = faults.before?.(operation, input);
      if (fault && fault !== '5xx-after' && (fault !== 'conflict' || canConflict(operation))) {
        throw errorOf(fault, input);
      }
      const [outcome] = await Promise.allSettled([attempt(operation, input)]);
      await log?.written();
      if (fault === '5xx-after') throw internalError('Injected: the request was carried out, the answer was lost');
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    },

    async expire(isNoticed = () => true) {
      const instant = now();
      const changes = expired(database, instant, isNoticed);
      if (changes.length > 0) commitAt(instant)({ changes });
      await log?.written();
      return changes.length;
    },

    async close() {
      await log?.close();
    },
  };
}
