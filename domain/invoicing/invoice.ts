/**
 * An invoice is two things: a small head that lives (draft → final → paid | void)
 * and a body that never changes once written, known by its hash. Totals are sums
 * of rounded lines, so the printed figures always add up (I12); final means
 * final, so a mistake is corrected by another document (I16).
 */
import type { Address } from '../catalog/customer.ts';
import type { BillingEntity } from '../catalog/billing-entity.ts';
import type { Currency } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { TimeZone } from '../time/zone.ts';

export interface Invoice {
  readonly id: string;
  readonly customer: string;
  readonly subscription: string;
  /** The period's index in its subscription. */
  readonly period: number;
  readonly billingEntity: string;
  readonly run: string;
  readonly total: Money;
  /** SHA-256 (hex) of the body's canonical JSON; also where the body is stored. */
  readonly body: string;
  readonly createdAt: Instant;
  readonly netTermsDays: number;
  readonly status: InvoiceStatus;
  /** The next day a saved card is to be charged; null where nothing more is tried by itself. */
  readonly nextAttemptOn: Day | null;
  /** Attempts claimed so far; the next one's number is one more. */
  readonly attempts: number;
  /** The attempt that is under way, whose outcome must be known before another is claimed. */
  readonly openAttempt: number | null;
}

export type InvoiceStatus =
  | { readonly state: 'draft' }
  | ({ readonly state: 'final' } & Issued)
  | ({ readonly state: 'paid'; readonly paidAt: Instant } & Issued)
  | ({ readonly state: 'void'; readonly voidedAt: Instant } & Partial<Issued>);

/** What numbering adds, frozen with the body by `contentHash`. */
export interface Issued {
  readonly number: string;
  readonly series: string;
  /** The place in its series, from 1, without gaps. */
  readonly serial: number;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly finalizedAt: Instant;
  /** SHA-256 of body hash, number, issue and due day: never changes after final. */
  readonly contentHash: string;
}

export interface InvoiceBody {
  readonly invoice: string;
  readonly customer: string;
  readonly externalId: string;
  readonly issuer: BillingEntity;
  readonly billTo: { readonly name: string; readonly email: string; readonly address: Address };
  readonly currency: Currency;
  readonly timezone: TimeZone;
  readonly plan: { readonly key: string; readonly version: number; readonly name: string };
  /** The supply period, half open, as days of the customer's zone and as instants. */
  readonly supplyFromOn: Day;
  readonly supplyUntilOn: Day;
  readonly supplyFrom: Instant;
  readonly supplyUntil: Instant;
  readonly lines: readonly InvoiceLine[];
  readonly subtotal: Money;
  readonly taxes: readonly [];
  readonly total: Money;
  /** The tax point (EN 16931 BT-7): the last day of supply. */
  readonly taxPointOn: Day;
  readonly precedingDocuments: readonly string[];
  readonly purchaseOrder: string | null;
  /** The version of our arithmetic that made this. */
  readonly ratingEngine: string;
  /** SHA-256 of everything the bill was made from: same inputs, same bill (I7). */
  readonly inputHash: string;
}

export interface InvoiceLine {
  /** The price's key in the plan version. */
  readonly price: string;
  /** `Electricity`; with the part where the price splits: `Electricity, first 100`. */
  readonly name: string;
  readonly kind: 'fixed' | 'usage';
  /** Exact decimal texts. */
  readonly quantity: string;
  readonly unit: string;
  readonly unitPrice: string;
  /** quantity × unit price, unrounded … */
  readonly exact: string;
  /** … and as money, rounded once. */
  readonly amount: Money;
  /** amount − exact, as an exact decimal text. */
  readonly roundingDifference: string;
  /** Present on usage lines: what was metered, and the digest of the events behind it. */
  readonly usage?: { readonly meter: string; readonly events: number; readonly digest: string };
}
