/**
 * What may go wrong with DynamoDB, as one small interface that is asked at each point where it
 * could. The store has no chance of its own: the local cloud passes no faults, the simulator
 * passes faults drawn from its seed.
 */
import type { Item } from './attribute-value.ts';
import type { CancellationReason } from './dynamo-error.ts';
import { DynamoError, internalError, transactionCancelled } from './dynamo-error.ts';

/** `5xx-before`: failed and did nothing. `5xx-after`: did it, and the answer was lost. */
export type Fault = 'throttle' | 'conflict' | '5xx-before' | '5xx-after';

export interface StoreFaults {
  /** Asked once a request. `conflict` is ignored by operations that cannot conflict (see `canConflict`). */
  readonly before?: (operation: string, input: object) => Fault | undefined;
  /** True leaves this key or item of a batch unprocessed. */
  readonly unprocessed?: (operation: 'BatchGetItem' | 'BatchWriteItem', table: string, subject: Item) => boolean;
  /** Ends a page after so many items. */
  readonly pageSize?: (operation: 'Query' | 'Scan', input: object) => number | undefined;
  /** How long the index write that happens now stays invisible. */
  readonly indexLagMs?: (table: string, index: string) => number;
}

const CONFLICTING = ['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems', 'TransactGetItems'];
export const canConflict = (operation: string): boolean => CONFLICTING.includes(operation);

/** The error a client sees for a fault that strikes before the work. */
export function errorOf(fault: Exclude<Fault, '5xx-after'>, input: object): DynamoError {
  if (fault === '5xx-before') return internalError('Injected: the request failed before it did anything');
  const actions = 'TransactItems' in input ? (input.TransactItems as readonly unknown[]) : undefined;
  if (fault === 'throttle') {
    const message = 'Throughput exceeds the current capacity of your table or index';
    if (actions) return transactionCancelled(firstOf(actions, { Code: 'ThrottlingError', Message: message }));
    return new DynamoError('ThrottlingException', message);
  }
  const message = 'Transaction is ongoing for the item';
  if (!actions) return new DynamoError('TransactionConflictException', message);
  return transactionCancelled(firstOf(actions, { Code: 'TransactionConflict', Message: message }));
}

const firstOf = (actions: readonly unknown[], reason: CancellationReason): readonly CancellationReason[] =>
  actions.map((_, i) => (i === 0 ? reason : { Code: 'None' }));

/** Chances from 0 to 1, and the longest index lag. What is left out never happens. */
export interface FaultRates {
  readonly throttle?: number;
  readonly conflict?: number;
  readonly failBefore?: number;
  readonly failAfter?: number;
  readonly unprocessed?: number;
  readonly onePerPage?: number;
  readonly staleIndex?: number;
  readonly maxIndexLagMs?: number;
}

/** Faults drawn from one source of chance in [0, 1): the same source and requests give the same faults. */
export function seededFaults(random: () => number, rates: FaultRates): StoreFaults {
  const strikes = (rate: number | undefined): boolean => rate !== undefined && random() < rate;
  return {
    before: (operation) => {
      if (strikes(rates.throttle)) return 'throttle';
      if (canConflict(operation) && strikes(rates.conflict)) return 'conflict';
      if (strikes(rates.failBefore)) return '5xx-before';
      return strikes(rates.failAfter) ? '5xx-after' : undefined;
    },
    unprocessed: () => strikes(rates.unprocessed),
    pageSize: () => (strikes(rates.onePerPage) ? 1 : undefined),
    indexLagMs: () => (strikes(rates.staleIndex) ? Math.floor(random() * (rates.maxIndexLagMs ?? 0)) : 0),
  };
}
