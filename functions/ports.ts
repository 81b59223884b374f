/**
 * The outside world as steps see it. `functions/adapters` speaks to AWS and Stripe;
 * the same adapters speak to the local cloud. Reads of `books` are strongly
 * consistent but for the index, which only finds.
 */
import type { Money } from '#domain/money/money.ts';
import type { Day } from '#domain/time/day.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { UsageColumns } from '#domain/usage/usage-columns.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import type { Invoice, InvoiceBody } from '#domain/invoicing/invoice.ts';
import type { Collection } from '#domain/payments/collection.ts';
import type { IntentState, PaymentNews } from '#domain/payments/intent-state.ts';
import type { MadePayment } from '#domain/restore/adopt-payment.ts';
import type { Handle } from './handle.ts';
import type { KeyOf, RecordKind } from './records/index.ts';

export interface Ports {
  readonly books: Books;
  readonly usageLog: UsageLog;
  readonly payments: Payments;
  readonly mail: Mail;
  readonly documents: Documents;
  readonly ids: Ids;
}

export type Port = keyof Ports;

/** Reads of the table `books`. Writing is the runtime's: see step.ts. */
export interface Books {
  get<Kind extends RecordKind>(kind: Kind, key: KeyOf<Kind>): Promise<Handle<Kind> | undefined>;
  /** In the order of the keys; what is absent is left out. */
  getAll<Kind extends RecordKind>(kind: Kind, keys: readonly KeyOf<Kind>[]): Promise<readonly Handle<Kind>[]>;
  /** All records of the kinds in the partition that `within` lies in, kind by kind in the order of their places, every page drained. */
  list<Kind extends RecordKind>(
    kinds: readonly Kind[],
    within: { readonly [Each in Kind]: KeyOf<Each> }[Kind],
  ): Promise<readonly Handle<Kind>[]>;
  /** Sort texts of the `due` index from the oldest up to and including `upTo`; eventually consistent, so only a hint. */
  due(work: 'period' | 'payment', upTo: string): Promise<readonly string[]>;
  /** A page of the `list` index: sort texts after `after`, in order or newest first. */
  index(
    list: 'customer' | 'subscription' | 'point' | 'run' | 'invoice' | 'apiKey',
    page: IndexPage,
  ): Promise<{ readonly sorts: readonly string[]; readonly next: string | null }>;
  /** The content of a part, with money as Money. */
  part(hash: string): Promise<unknown>;
}

export interface IndexPage {
  readonly limit: number;
  readonly after?: string;
  readonly newestFirst?: boolean;
}

/** The append-only log of usage events; see domain/usage. */
export interface UsageLog {
  /** Resolves once the events are durable; throws an Outage where it cannot be known that they are. */
  append(events: readonly UsageEvent[]): Promise<void>;
  /** Interned numbers of those subjects that have one; a subject no event ever named has none. */
  numbersOf(subjects: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Subjects of interned numbers. */
  subjectsOf(numbers: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** Every piece that arrived in [from, until], strongly read, every page. */
  read(from: Instant, until: Instant): AsyncIterable<{ readonly arrivedAtMs: number; readonly columns: UsageColumns }>;
}

/**
 * The payment provider. Only the money lane has it. An outcome that cannot be known is
 * `unknown`, never thrown; an Outage is thrown only where the provider is known not to
 * have begun (it was too busy, or never reached), so that trying again is right.
 */
export interface Payments {
  /** Saves a payment method for charging later without the customer; keyed, so asked twice it is saved once. */
  saveMethod(method: {
    readonly customer: string;
    readonly paymentMethod: string;
    readonly providerCustomer?: string;
  }): Promise<SaveOutcome>;
  /** Creates a payment and does not confirm it: no money moves. */
  createIntent(charge: Charge): Promise<CallOutcome<{ readonly intent: string }>>;
  /** Confirms it: money may move. A decline is an answer (`failed`), not a refusal. */
  confirmIntent(intent: string, key: string): Promise<CallOutcome<IntentState>>;
  /** Refused where there is no such payment, or it was made for no attempt of ours. */
  lookUpIntent(intent: string): Promise<CallOutcome<IntentState>>;
  /** The intent made for an attempt whose id was never learned, found by its metadata; one just made may not be found yet. */
  findIntent(invoice: string, attempt: number): Promise<CallOutcome<{ readonly intent: string | null }>>;
  cancelIntent(intent: string, key: string): Promise<CallOutcome<IntentState>>;
  /** A hosted page on which the customer pays this attempt; afterwards it leads back to `returnPath` of ours. */
  openCheckout(
    page: Charge & { readonly description: string; readonly returnPath: string; readonly expiresAt: Instant },
  ): Promise<CallOutcome<{ readonly session: string; readonly url: string }>>;
  /** The page with its payment; refused as `lookUpIntent`. */
  lookUpCheckout(session: string): Promise<CallOutcome<PaymentNews>>;
  /** What was made at the provider in [from, until), in whoever's name: asked after a restore, never on the way of a payment. */
  madeBetween(from: Instant, until: Instant): Promise<CallOutcome<MadeBetween>>;
  /** The event a webhook body carries, once its signature over the raw bytes holds and is at most 300 s off either way. */
  verifyWebhook(body: Uint8Array, signature: string, now: Instant): WebhookEvent | { readonly forged: string };
  /** The invoice a payment link's token was made for; undefined where we made no such token. Takes the same time either way. */
  invoiceOf(payToken: string): string | undefined;
}

export interface Charge {
  readonly invoice: string;
  readonly attempt: number;
  readonly amount: Money;
  readonly providerCustomer: string | null;
  readonly paymentMethod: string | null;
  /** The provider's idempotency key: permanent, one a call. */
  readonly key: string;
}

/** ok: done and known. refused: known not to have happened. unknown: nobody knows; look it up before anything else. */
export type CallOutcome<Value> =
  | { readonly state: 'ok'; readonly value: Value }
  | { readonly state: 'refused'; readonly because: string }
  | { readonly state: 'unknown'; readonly because: string };

export type SaveOutcome = CallOutcome<{ readonly providerCustomer: string; readonly paymentMethod: string }>;

export interface MadeBetween {
  /** Payments and pages of attempts of ours, each once. */
  readonly payments: readonly MadePayment[];
  /** Ids of the events the provider told, or will tell, our webhook of. */
  readonly events: readonly string[];
}

export interface WebhookEvent {
  readonly id: string;
  readonly type: string;
  /** The id of the object the event is about. What became of it is asked of the provider, not read here. */
  readonly object: string;
}

export interface Mail {
  /** Hands a whole MIME message to the mail server. `unknown`: it may or may not have it. */
  send(message: Omit<MailMessage, 'subject'>): Promise<CallOutcome<{ readonly messageId: string }>>;
}

/** What a person is given to read, made from the frozen invoice and nothing else. Each mail is HTML and plain text. */
export interface Documents {
  /** A4, the same bytes whenever it is made. */
  invoicePdf(invoice: Invoice, body: InvoiceBody): Promise<Uint8Array>;
  /** The bill, with the PDF attached. */
  billMail(invoice: Invoice, body: InvoiceBody, posting: Posting): Promise<MailMessage>;
  /** The saved card was declined: it is tried again on that day, or never by itself where there is none. */
  declinedMail(
    invoice: Invoice,
    body: InvoiceBody,
    posting: Posting & { readonly attempt: number; readonly nextAttemptOn: Day | null },
  ): Promise<MailMessage>;
}

/** To whom, the time that stands on it, and what becomes of the payment by itself as of then. */
export interface Posting {
  readonly to: string;
  readonly at: Instant;
  readonly collection: Collection;
}

/** A whole MIME message and its envelope. */
export interface MailMessage {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly mime: Uint8Array;
}

/** New ids. The one source of chance that ends up in a record. */
export interface Ids {
  /** `cus_` and 20 characters of [0-9a-z] that sort by time. */
  next(kind: 'cus'): string;
  /** Unpredictable bytes, for the secret part of an API key. */
  secret(bytes: number): Uint8Array;
}
