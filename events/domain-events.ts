/**
 * What steps tell one another. An event is a hint in the past tense: it names what
 * changed and never carries an amount; whoever hears it reads the truth again.
 */
import * as z from 'zod';

/** As long as the longest of the ids that others give: Stripe's. */
const id = z.string().min(1).max(255);
const invoiceHint = z.object({ invoice: id });
const attemptHint = z.object({ invoice: id, attempt: z.int().positive() });
const rangeHint = z.object({ run: id, range: z.int().nonnegative() });

export const domainEvents = {
  /** Somebody asked for the nightly run now instead of at its hour. */
  'run.requested': z.object({ by: id }),
  /** A range of a billing run waits to be rated. */
  'range.due': rangeHint,
  /** The usage of a range has been rated. */
  'range.rated': rangeHint,
  /** A range has drafts of one number series that want their numbers. */
  'series.ready': rangeHint.extend({ series: id, entity: id }),
  /** Every draft of a range has its number, or there was none. */
  'range.numbered': rangeHint,
  /** Every range of a run is done. */
  'run.closed': z.object({ run: id }),
  /** An invoice has its number and is owed. */
  'invoice.finalized': invoiceHint,
  /** The bill went out, or never will by itself; the card may be charged now. */
  'bill.sent': invoiceHint,
  /** A day came on which the saved card of an open invoice is to be charged. */
  'payment.due': invoiceHint,
  /** An attempt has been without an outcome for a while; the provider is to be asked. */
  'payment.unsettled': attemptHint,
  'payment.succeeded': attemptHint,
  'payment.failed': attemptHint,
  'payment.unknown': attemptHint,
  /** Numbers given in hours a restore lost are fenced off; work that was under way may go on. */
  'books.fenced': z.object({ restoredTo: id }),
  /** A window of time whose payments at the provider are to find their place in restored books. */
  'reconciliation.due': z.object({ from: id }),
  /** A customer named a payment method that is to be saved at the provider. */
  'payment_method.given': z.object({ customer: id }),
  /** The provider told us something; it is recorded under the id of its event. */
  'stripe.event_received': z.object({ event: id }),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof domainEvents;

export type EventData<Name extends EventName> = z.infer<(typeof domainEvents)[Name]>;

/** One event as it travels. `id` is the same however often it is published. */
export type DomainEvent<Name extends EventName = EventName> = {
  [Each in Name]: { readonly name: Each; readonly data: EventData<Each> };
}[Name];

export const isEventName = (name: string): name is EventName => Object.hasOwn(domainEvents, name);
