/**
 * Everything an audit looks at, as plain data: our own records, and what the outside
 * says happened (the provider's charges, the mails that arrived, the events a client
 * was told we have). Whoever takes a snapshot has drained every page and let the
 * system come to rest first; the audit only reads.
 */
import type { BillingEntity } from '../catalog/billing-entity.ts';
import type { Customer, Person } from '../catalog/customer.ts';
import type { PlanVersion } from '../catalog/plan.ts';
import type { BillingRun, RunHead, RunRange } from '../invoicing/billing-run.ts';
import type { Invoice } from '../invoicing/invoice.ts';
import type { NumberSeries } from '../invoicing/number-series.ts';
import type { LedgerPage } from '../ledger/ledger-page.ts';
import type { Money } from '../money/money.ts';
import type { AttemptName } from '../payments/intent-state.ts';
import type { PaymentAttempt } from '../payments/payment-attempt.ts';
import type { Account } from '../receivables/account.ts';
import type { ClosedPeriod, Subscription } from '../subscriptions/subscription.ts';
import type { Instant } from '../time/instant.ts';
import type { Meter } from '../usage/meter.ts';
import type { Point } from '../usage/point.ts';
import type { UsageEvent } from '../usage/usage-event.ts';

export interface Snapshot {
  readonly takenAt: Instant;
  readonly books: BooksSeen;
  /** The stored texts of parts, inflated, by the hash they are named by. */
  readonly parts: ReadonlyMap<string, string>;
  /** Items that are not what their own key, hash or index says; only whoever reads the store can see that. */
  readonly flaws: readonly Flaw[];
  /** Every event of the log, repeats included. */
  readonly journal: readonly JournalEvent[];
  /** A client's own list of the events it was told we have. */
  readonly acknowledged?: readonly Acknowledged[];
  /** What the payment provider's own books hold. */
  readonly charges: readonly ProviderCharge[];
  /** What arrived at customers. */
  readonly mails: readonly DeliveredMail[];
  readonly queues: readonly QueueSeen[];
  readonly outbox: readonly { readonly key: string; readonly events: readonly string[] }[];
}

export interface BooksSeen {
  readonly customers: readonly Customer[];
  /** Ids of the customers whose record is not the one they were created with. */
  readonly changedCustomers: ReadonlySet<string>;
  readonly people: readonly Person[];
  readonly accounts: readonly Account[];
  readonly subscriptions: readonly Subscription[];
  readonly closedPeriods: readonly ClosedPeriod[];
  readonly points: readonly Point[];
  readonly meters: readonly Meter[];
  readonly planVersions: readonly PlanVersion[];
  readonly billingEntities: readonly BillingEntity[];
  readonly runHead: RunHead | null;
  readonly runs: readonly BillingRun[];
  readonly ranges: readonly RunRange[];
  readonly invoices: readonly Invoice[];
  readonly series: readonly NumberSeries[];
  readonly ledgerPages: readonly LedgerPage[];
  readonly attempts: readonly PaymentAttempt[];
  readonly letters: readonly LetterSeen[];
  /** Message ids of mails about documents that a restore lost. */
  readonly lostMails: readonly string[];
  readonly webhooks: readonly WebhookSeen[];
}

export interface Flaw {
  readonly key: string;
  readonly what: string;
}

export interface JournalEvent extends UsageEvent {
  readonly arrivedAt: Instant;
}

export interface Acknowledged {
  readonly id: string;
  readonly source: string;
  /** As `usageBodyHash` makes it of what was sent. */
  readonly bodyHash: string;
}

export interface ProviderCharge {
  readonly id: string;
  readonly intent: string;
  /** The attempt it was made for, as we named it to the provider; null where it names none. */
  readonly pays: AttemptName | null;
  readonly amount: Money;
  readonly refunded: Money;
  readonly status: 'succeeded' | 'pending' | 'failed';
}

export interface DeliveredMail {
  /** The mail server's own id. */
  readonly messageId: string;
  /** The invoice its payment link opens; null where it has none. */
  readonly invoice: string | null;
  readonly to: readonly string[];
}

export interface LetterSeen {
  readonly invoice: string;
  readonly step: string;
  readonly to: string;
  readonly state: 'claimed' | 'waiting' | 'sent' | 'unknown' | 'refused';
  readonly claimedAt: Instant;
  readonly messageId: string | null;
}

export interface WebhookSeen {
  readonly id: string;
  readonly state: 'received' | 'handled' | 'ignored' | 'quarantined';
  readonly because?: string;
}

export interface QueueSeen {
  readonly name: string;
  /** Whether it takes what another queue gave up on. */
  readonly isDeadLetter: boolean;
  /** Waiting, in flight and delayed together. */
  readonly messages: number;
}
