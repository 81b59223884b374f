/**
 * Every kind of record in the table `books`, one line a kind: its place, what
 * identifies it, and how it is found. Grants, handles and writes follow from it.
 */
import { canonicalHash } from '#domain/canonical.ts';
import type { BillingEntity } from '#domain/catalog/billing-entity.ts';
import type { Customer, Person } from '#domain/catalog/customer.ts';
import type { Plan, PlanVersion } from '#domain/catalog/plan.ts';
import type { BillingRun, RunHead, RunRange } from '#domain/invoicing/billing-run.ts';
import type { Invoice } from '#domain/invoicing/invoice.ts';
import { type NumberSeries, seriesKey } from '#domain/invoicing/number-series.ts';
import type { LedgerPage } from '#domain/ledger/ledger-page.ts';
import type { PaymentAttempt } from '#domain/payments/payment-attempt.ts';
import type { Account } from '#domain/receivables/account.ts';
import type { LoggedMail } from '#domain/restore/logged-mail.ts';
import type { Restore } from '#domain/restore/restore.ts';
import { type ClosedPeriod, periodOf, type Subscription } from '#domain/subscriptions/subscription.ts';
import type { Meter } from '#domain/usage/meter.ts';
import type { Point } from '#domain/usage/point.ts';
import { customerOf } from './document-id.ts';
import { only, padded, record, shardOf } from './record.ts';
import type { ApiKey } from './api-key.ts';
import type { IdempotentAnswer } from './idempotent-answer.ts';
import type { Letter } from './letter.ts';
import type { Part } from './part.ts';
import type { Reference } from './reference.ts';
import type { StripeEvent } from './stripe-event.ts';

export const records = {
  customer: record<Customer, string>({
    leading: 'C#',
    place: (id) => ({ partition: `C#${id}`, sort: only }),
    keyOf: ({ id }) => id,
    indexes: ({ id }) => ({ list: { partition: 'customer', sort: id } }),
  }),
  person: record<Person, string>({
    leading: 'P#',
    place: (customer) => ({ partition: `P#${customer}`, sort: only }),
    keyOf: ({ customer }) => customer,
  }),
  account: record<Account, string>({
    leading: 'C#',
    place: (customer) => ({ partition: `C#${customer}`, sort: 'ACCT' }),
    keyOf: ({ customer }) => customer,
  }),
  subscription: record<Subscription, string>({
    leading: 'C#',
    sorts: 'SUB#',
    place: (id) => ({ partition: `C#${customerOf(id)}`, sort: `SUB#${id}` }),
    keyOf: ({ id }) => id,
    // Due by the instant its current period ends, however long ago: a missed night is found by the next.
    indexes: (subscription) => ({
      list: { partition: 'subscription', sort: subscription.id },
      ...(subscription.state === 'active'
        ? {
            due: {
              partition: `period#${String(shardOf(subscription.id))}`,
              sort: `${periodOf(subscription, subscription.currentPeriod).until}#${subscription.id}`,
            },
          }
        : {}),
    }),
  }),
  closedPeriod: record<ClosedPeriod, { readonly subscription: string; readonly n: number }>({
    leading: 'C#',
    sorts: 'PER#',
    immutable: true,
    place: ({ subscription, n }) => ({
      partition: `C#${customerOf(subscription)}`,
      sort: `PER#${subscription}#${padded(n, 6)}`,
    }),
    keyOf: ({ subscription, n }) => ({ subscription, n }),
  }),
  /** Marks that a customer owns, or once owned, a point; whose it is when stands on the point. */
  customerPoint: record<
    { readonly customer: string; readonly subject: string },
    { readonly customer: string; readonly subject: string }
  >({
    leading: 'C#',
    sorts: 'PT#',
    immutable: true,
    place: ({ customer, subject }) => ({ partition: `C#${customer}`, sort: `PT#${subject}` }),
    keyOf: ({ customer, subject }) => ({ customer, subject }),
  }),
  point: record<Point, string>({
    leading: 'PT#',
    place: (subject) => ({ partition: `PT#${subject}`, sort: only }),
    keyOf: ({ subject }) => subject,
    indexes: ({ subject }) => ({ list: { partition: 'point', sort: subject } }),
  }),
  meter: record<Meter, string>({
    leading: 'K#',
    immutable: true,
    place: (key) => ({ partition: 'K#meters', sort: key }),
    keyOf: ({ key }) => key,
  }),
  plan: record<Plan, string>({
    leading: 'K#',
    place: (key) => ({ partition: 'K#plans', sort: key }),
    keyOf: ({ key }) => key,
  }),
  planVersion: record<PlanVersion, { readonly plan: string; readonly version: number }>({
    leading: 'K#',
    sorts: 'V#',
    immutable: true,
    place: ({ plan, version }) => ({ partition: `K#plan#${plan}`, sort: `V#${padded(version, 6)}` }),
    keyOf: ({ plan, version }) => ({ plan, version }),
  }),
  billingEntity: record<BillingEntity, string>({
    leading: 'ORG',
    sorts: 'ENTITY#',
    place: (key) => ({ partition: 'ORG', sort: `ENTITY#${key}` }),
    keyOf: ({ key }) => key,
  }),
  apiKey: record<ApiKey, string>({
    leading: 'KEY#',
    place: (id) => ({ partition: `KEY#${id}`, sort: only }),
    keyOf: ({ id }) => id,
    indexes: ({ id, createdAt }) => ({ list: { partition: 'apiKey', sort: `${createdAt}#${id}` } }),
  }),
  /** Makes a value of one kind unique, and finds what it names: external ids. */
  reference: record<Reference, Pick<Reference, 'kind' | 'value'>>({
    leading: 'REF#',
    immutable: true,
    place: ({ kind, value }) => ({ partition: `REF#${kind}#${value}`, sort: only }),
    keyOf: ({ kind, value }) => ({ kind, value }),
  }),
  idempotentAnswer: record<IdempotentAnswer, string>({
    leading: 'IDEM#',
    immutable: true,
    place: (key) => ({ partition: `IDEM#${key}`, sort: only }),
    keyOf: ({ key }) => key,
  }),
  runHead: record<RunHead, 'head'>({
    leading: 'RUN#',
    place: () => ({ partition: 'RUN#head', sort: only }),
    keyOf: () => 'head',
  }),
  run: record<BillingRun, string>({
    leading: 'RUN#',
    place: (id) => ({ partition: `RUN#${id}`, sort: only }),
    keyOf: ({ id }) => id,
    indexes: ({ id }) => ({ list: { partition: 'run', sort: id } }),
  }),
  runRange: record<RunRange, { readonly run: string; readonly range: number }>({
    leading: 'RUN#',
    sorts: 'R#',
    place: ({ run, range }) => ({ partition: `RUN#${run}`, sort: `R#${padded(range, 6)}` }),
    keyOf: ({ run, range }) => ({ run, range }),
  }),
  invoice: record<Invoice, string>({
    leading: 'C#',
    sorts: 'INV#',
    place: (id) => ({ partition: `C#${customerOf(id)}`, sort: `INV#${id}` }),
    keyOf: ({ id }) => id,
    indexes: (invoice) => ({
      list: { partition: 'invoice', sort: `${invoice.createdAt}#${invoice.id}` },
      ...(invoice.status.state === 'final' && invoice.nextAttemptOn !== null
        ? {
            due: {
              partition: `payment#${String(shardOf(invoice.id))}`,
              sort: `${invoice.nextAttemptOn}#${invoice.id}`,
            },
          }
        : {}),
    }),
  }),
  series: record<NumberSeries, Pick<NumberSeries, 'entity' | 'kind' | 'fiscalYear'>>({
    leading: 'SERIES#',
    place: (series) => ({ partition: `SERIES#${seriesKey(series)}`, sort: only }),
    keyOf: ({ entity, kind, fiscalYear }) => ({ entity, kind, fiscalYear }),
  }),
  ledgerPage: record<LedgerPage, Pick<LedgerPage, 'entity' | 'postedOn' | 'tx'>>({
    leading: 'LED#',
    immutable: true,
    place: ({ entity, postedOn, tx }) => ({ partition: `LED#${entity}#${postedOn}#${String(shardOf(tx))}`, sort: tx }),
    keyOf: ({ entity, postedOn, tx }) => ({ entity, postedOn, tx }),
  }),
  attempt: record<PaymentAttempt, Pick<PaymentAttempt, 'invoice' | 'n'>>({
    leading: 'C#',
    sorts: 'TRY#',
    place: ({ invoice, n }) => ({ partition: `C#${customerOf(invoice)}`, sort: `TRY#${invoice}#${padded(n, 4)}` }),
    keyOf: ({ invoice, n }) => ({ invoice, n }),
  }),
  letter: record<Letter, Pick<Letter, 'invoice' | 'step'>>({
    leading: 'C#',
    sorts: 'MAIL#',
    place: ({ invoice, step }) => ({ partition: `C#${customerOf(invoice)}`, sort: `MAIL#${invoice}#${step}` }),
    keyOf: ({ invoice, step }) => ({ invoice, step }),
  }),
  stripeEvent: record<StripeEvent, string>({
    leading: 'STRIPE#',
    place: (id) => ({ partition: `STRIPE#${id}`, sort: only }),
    keyOf: ({ id }) => id,
  }),
  /** The latest time the books were brought back from a backup, and how far they are in line with the world. */
  restore: record<Restore, 'latest'>({
    leading: 'RESTORE',
    place: () => ({ partition: 'RESTORE', sort: only }),
    keyOf: () => 'latest',
  }),
  /** Mails sent in hours a restore lost, about documents that are not in the books. */
  lostMail: record<LoggedMail, Pick<LoggedMail, 'invoice' | 'messageId'>>({
    leading: 'C#',
    sorts: 'LOST#',
    immutable: true,
    place: ({ invoice, messageId }) => ({
      partition: `C#${customerOf(invoice)}`,
      sort: `LOST#${invoice}#${messageId}`,
    }),
    keyOf: ({ invoice, messageId }) => ({ invoice, messageId }),
  }),
  /** Content-addressed and immutable: invoice bodies, rated usage, what a run quarantined. */
  part: record<Part, string>({
    leading: 'X#',
    immutable: true,
    place: (hash) => ({ partition: `X#${hash}`, sort: only }),
    keyOf: ({ content }) => canonicalHash(content),
  }),
} as const;

export type RecordKind = keyof typeof records;
export type ValueOf<Kind extends RecordKind> = Parameters<(typeof records)[Kind]['keyOf']>[0];
export type KeyOf<Kind extends RecordKind> = ReturnType<(typeof records)[Kind]['keyOf']>;
