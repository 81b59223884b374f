/**
 * What an operation is given besides its request. A handler reads and decides synchronously, so it
 * sees one state from beginning to end, and makes its changes in one commit: that is why every
 * request of this store is atomic.
 */
import type { Database, Entry } from './database.ts';
import type { StoreFaults } from './faults.ts';
import type { Operation, Requests } from './requests.ts';

export interface Context {
  readonly database: Database;
  readonly faults: StoreFaults;
  /** Epoch milliseconds, read once a request. */
  readonly now: number;
  readonly commit: (entry: Entry) => void;
}

export type Handlers<Names extends Operation> = {
  readonly [Name in Names]: (context: Context, request: Requests[Name]) => object;
};
