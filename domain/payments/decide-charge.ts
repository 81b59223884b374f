/**
 * Whether an invoice's saved card is charged now. The answer is a claim to be
 * committed before the provider hears of it, or why not. Only what is final, owed,
 * due and without an attempt under way is charged (I26).
 *
 * An invoice whose customer has no card that works is not given up: it is looked at
 * again once a day, so that a card saved later pays what is open, at the cost of
 * one small write a day. A card just given is being saved; the next chase sees it.
 */
import type { PaymentMethod } from '../catalog/customer.ts';
import type { Invoice } from '../invoicing/invoice.ts';
import { addDays, type Day, utcDay } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { PaymentAttempt } from './payment-attempt.ts';
import { notChargeable } from './not-chargeable.ts';

export interface ChargeFile {
  readonly invoice: Invoice;
  readonly method: PaymentMethod;
  /** Every attempt claimed so far. */
  readonly earlier: readonly PaymentAttempt[];
  /** The bill has just been mailed: the first charge follows it, whatever the day. */
  readonly afterBill: boolean;
}

export type ChargeDecision =
  | { readonly decision: 'claim'; readonly attempt: PaymentAttempt; readonly invoice: Invoice }
  | { readonly decision: 'look_again' | 'never'; readonly invoice: Invoice }
  | { readonly decision: 'not_now' };

const notNow: ChargeDecision = { decision: 'not_now' };

export const decideCharge = ({ invoice, method, earlier, afterBill }: ChargeFile, now: Instant): ChargeDecision => {
  const today = utcDay(now);
  if (invoice.status.state !== 'final' || invoice.openAttempt !== null || invoice.nextAttemptOn === null) return notNow;
  const isDue = invoice.nextAttemptOn <= today || (afterBill && invoice.attempts === 0);
  if (!isDue) return notNow;
  if (notChargeable(invoice.total) !== undefined)
    return { decision: 'never', invoice: { ...invoice, nextAttemptOn: null } };
  switch (method.state) {
    case 'given':
      return notNow;
    case 'none':
    case 'refused':
      return { decision: 'look_again', invoice: { ...invoice, nextAttemptOn: addDays(today, 1) } };
    case 'saved': {
      const retry = earlier.filter(({ how }) => how === 'saved_card').length;
      const { providerCustomer, paymentMethod } = method;
      const claim = claimAttempt(invoice, now);
      return {
        decision: 'claim',
        invoice: claim.invoice,
        attempt: { ...claim.attempt, how: 'saved_card', method: { providerCustomer, paymentMethod }, retry },
      };
    }
  }
};

export type CheckoutDecision =
  | { readonly decision: 'claim'; readonly attempt: PaymentAttempt; readonly invoice: Invoice }
  | { readonly decision: 'refused'; readonly because: string };

/** The same for a customer who asks to pay by hand, on any day. */
export const decideCheckout = (invoice: Invoice, now: Instant): CheckoutDecision => {
  if (invoice.status.state !== 'final' || invoice.openAttempt !== null)
    return { decision: 'refused', because: 'Nothing can be paid at the moment.' };
  const because = notChargeable(invoice.total);
  if (because !== undefined) return { decision: 'refused', because };
  const claim = claimAttempt(invoice, now);
  return {
    decision: 'claim',
    invoice: claim.invoice,
    attempt: { ...claim.attempt, how: 'checkout', resumeOn: invoice.nextAttemptOn },
  };
};

/** Both sides of a claim, committed together. Its day keeps the invoice in the index of due payments, where an attempt left lying is found. */
const claimAttempt = (invoice: Invoice, now: Instant) => {
  const n = invoice.attempts + 1;
  const claimedOn: Day = utcDay(now);
  return {
    invoice: { ...invoice, attempts: n, openAttempt: n, nextAttemptOn: claimedOn },
    attempt: {
      invoice: invoice.id,
      n,
      amount: invoice.total,
      claimedAt: now,
      state: 'claimed',
      intent: null,
      changedAt: now,
    },
  } as const;
};
