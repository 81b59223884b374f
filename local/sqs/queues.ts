/**
 * Durable queues that answer the SQS JSON protocol: the local cloud's queues and every test's. Time is what `now` says,
 * so visibility, delay, retention and deduplication can be lived through in a moment; after moving the clock call `wake`.
 */
import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { openDatabase } from './database.ts';
import { noFaults, type QueueFaults } from './faults.ts';
import { LongPolls } from './long-polls.ts';
import { forgetExpired } from './move-messages.ts';
import { readParameters, type Operation } from './operation.ts';
import { assertOperationName, operations, type OperationAnswer, type OperationName } from './operations.ts';
import { allQueues } from './queue.ts';
import { countMessages, isAnyVisible, nextVisibleAt, type MessageCounts } from './visibility.ts';

export interface QueuesOptions {
  /** Epoch milliseconds; may be moved forward, by days too. */
  readonly now: () => number;
  /** Path of the database; the queues live in memory, and die with the process, without it. */
  readonly file?: string;
  readonly faults?: QueueFaults;
  /** Random unless given; a simulation gives its own, to repeat itself. */
  readonly newMessageId?: () => string;
}

/** About the caller; an HTTP door knows better than the defaults. */
export interface Caller {
  readonly origin?: string;
  readonly signal?: AbortSignal;
}

export interface Queues {
  /** Performs an SQS action. Throws an `SqsRefusal` for a no, which the HTTP door turns into the protocol's error. */
  readonly execute: <Name extends OperationName>(
    operation: Name,
    input: unknown,
    caller?: Caller,
  ) => Promise<OperationAnswer<Name>>;
  /** The earliest instant at which a message now delayed or in flight, of this queue or of any, becomes visible; undefined when there is none. */
  readonly nextVisibleAt: (queue?: string) => number | undefined;
  /** Whether a consumer of the queue would find a message now. */
  readonly isAnyVisible: (queue: string) => boolean;
  readonly counts: () => Readonly<Record<string, MessageCounts>>;
  /** Lets every waiting consumer look again: the clock has moved. */
  readonly wake: () => void;
  /** Ends all waits and closes the database. */
  readonly close: () => void;
}

export function createQueues({ now, file, faults = noFaults, newMessageId = randomUUID }: QueuesOptions): Queues {
  const database = openDatabase(file);
  const longPolls = new LongPolls();
  return {
    execute: async <Name extends OperationName>(name: Name, input: unknown, caller: Caller = {}) => {
      assertOperationName(name);
      // The table pairs each schema with its operation; a compiler that reads the union cannot see that they agree.
      const { parameters, perform } = operations[name] as unknown as Operation<z.ZodType, OperationAnswer<Name>>;
      const { origin = 'http://127.0.0.1', signal } = caller;
      const context = { database, now, newMessageId, faults, longPolls, origin, signal };
      return perform(readParameters(parameters, input), context);
    },
    nextVisibleAt: (queue) => {
      const at = now();
      if (queue !== undefined) return nextVisibleAt(database, at, queue);
      const instants = allQueues(database).map(({ name }) => nextVisibleAt(database, at, name) ?? Infinity);
      const earliest = Math.min(...instants);
      return earliest === Infinity ? undefined : earliest;
    },
    isAnyVisible: (queue) => isAnyVisible(database, now(), queue),
    counts: () => {
      const at = now();
      const all = allQueues(database);
      for (const queue of all) forgetExpired(database, queue, at);
      return Object.fromEntries(all.map(({ name }) => [name, countMessages(database, name, at)]));
    },
    wake: () => longPolls.wake(),
    close: () => {
      longPolls.close();
      database.close();
    },
  };
}
