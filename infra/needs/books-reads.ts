/**
 * What each function reads of the books, in the words of the port: the flow says that
 * a step reads, not what. A test holds this table to the source of what is bundled,
 * so a read that is missing here or one too many fails before it is deployed.
 */
import type { Books } from '#functions/ports.ts';
import type { RecordKind } from '#functions/records/index.ts';
import type { FunctionName } from './function-needs.ts';

export interface BooksReads {
  readonly get?: readonly RecordKind[];
  readonly getAll?: readonly RecordKind[];
  /** Contents read by `part` are of the kind `part`. */
  readonly list?: readonly RecordKind[];
  readonly due?: readonly Parameters<Books['due']>[0][];
  readonly index?: readonly Parameters<Books['index']>[0][];
  /** What a commit checks to be unchanged, or absent still. */
  readonly unchanged?: readonly RecordKind[];
}

export const booksReads: Readonly<Record<FunctionName, BooksReads>> = {
  usage: { get: ['apiKey'] },
  billing: {
    get: [
      'billingEntity',
      'closedPeriod',
      'customer',
      'invoice',
      'person',
      'planVersion',
      'run',
      'runHead',
      'runRange',
      'subscription',
    ],
    getAll: ['account', 'point', 'subscription'],
    list: ['customerPoint', 'meter', 'part', 'runRange'],
    due: ['period'],
  },
  numbers: {
    get: ['billingEntity', 'restore', 'runRange', 'series'],
    getAll: ['account', 'invoice'],
    list: ['part'],
    unchanged: ['restore'],
  },
  money: {
    get: ['account', 'attempt', 'closedPeriod', 'customer', 'invoice', 'restore', 'stripeEvent', 'subscription'],
    getAll: ['attempt', 'stripeEvent'],
    unchanged: ['restore'],
  },
  messages: {
    get: ['attempt', 'customer', 'invoice', 'letter', 'person'],
    list: ['part'],
    unchanged: ['customer', 'invoice', 'person'],
  },
  housekeeping: {
    get: ['restore', 'runHead'],
    getAll: ['attempt', 'invoice', 'letter'],
    list: ['part', 'runRange'],
    due: ['payment'],
    index: ['invoice'],
  },
  api: {
    get: [
      'account',
      'apiKey',
      'billingEntity',
      'customer',
      'customerPoint',
      'idempotentAnswer',
      'invoice',
      'meter',
      'person',
      'plan',
      'planVersion',
      'point',
      'reference',
      'restore',
      'run',
      'runRange',
      'series',
      'subscription',
    ],
    getAll: [
      'account',
      'apiKey',
      'attempt',
      'customer',
      'invoice',
      'ledgerPage',
      'letter',
      'lostMail',
      'meter',
      'person',
      'planVersion',
      'point',
      'run',
      'subscription',
    ],
    list: ['billingEntity', 'customerPoint', 'invoice', 'meter', 'part', 'plan', 'runRange', 'subscription'],
    index: ['apiKey', 'customer', 'invoice', 'point', 'run', 'subscription'],
    unchanged: ['account', 'customer', 'person'],
  },
};
