/** What the API as a whole may use, write and tell: its row of the flow, from which its permissions follow. */
import type { EventName } from '#events/domain-events.ts';
import type { Port } from '../ports.ts';
import type { RecordKind } from '../records/index.ts';

export const apiGrants = {
  uses: ['books', 'usageLog', 'documents', 'ids'],
  writes: [
    'meter',
    'plan',
    'planVersion',
    'customer',
    'person',
    'account',
    'reference',
    'point',
    'customerPoint',
    'subscription',
    'billingEntity',
    'apiKey',
    'idempotentAnswer',
    'restore',
    'series',
    'letter',
    'lostMail',
  ],
  tells: ['payment_method.given', 'run.requested', 'books.fenced', 'reconciliation.due'],
} as const satisfies {
  readonly uses: readonly Port[];
  readonly writes: readonly RecordKind[];
  readonly tells: readonly EventName[];
};

export type ApiUses = (typeof apiGrants)['uses'][number];
export type ApiWrites = (typeof apiGrants)['writes'][number];
export type ApiTells = (typeof apiGrants)['tells'][number];
