/**
 * One attempt to collect one invoice through the provider. Its claim is committed
 * before anything is asked of the provider, its outcome after, and `unknown` is an
 * outcome: until it is looked up, nothing else is tried (I24, I27).
 *
 *   claimed → sent → succeeded | failed | unknown → succeeded | failed
 */
import type { Money } from '../money/money.ts';
import { addMinutes, type Instant } from '../time/instant.ts';
import type { Day } from '../time/day.ts';

export interface PaymentAttempt {
  readonly invoice: string;
  /** From 1; with the invoice it makes the provider's idempotency key, for ever. */
  readonly n: number;
  readonly amount: Money;
  readonly how: 'saved_card' | 'checkout';
  readonly claimedAt: Instant;
  readonly state: 'claimed' | 'sent' | 'succeeded' | 'failed' | 'unknown';
  /** The provider's id of the payment, stored before it is confirmed. */
  readonly intent: string | null;
  /** When the state last changed. */
  readonly changedAt: Instant;
  /** Why it failed or is unknown, for a person. */
  readonly because?: string;
  /** Of a saved card: what is charged, frozen, so that one key always carries one request. */
  readonly method?: { readonly providerCustomer: string; readonly paymentMethod: string };
  /** Of a saved card: how many charges of this invoice were tried before, 0 for the first. */
  readonly retry?: number;
  /** Of a checkout: the hosted page, once the provider has opened it. */
  readonly session?: string;
  /** Of a checkout: the day the saved card was to be charged, kept for when the page expires unused. */
  readonly resumeOn?: Day | null;
}

/** The provider's idempotency key of one call of one attempt. Never depends on a clock. */
export const attemptKey = (
  { invoice, n }: Pick<PaymentAttempt, 'invoice' | 'n'>,
  call: 'create' | 'confirm' | 'cancel' | 'session',
) => `${invoice}-${String(n)}-${call}`;

/** Under way: its outcome is not known yet, so no other may be claimed. */
export const isOpen = ({ state }: PaymentAttempt): boolean =>
  state === 'claimed' || state === 'sent' || state === 'unknown';

/** A payment page takes money for an hour after its claim; fixed by the claim, for one key carries one request. */
export const checkoutExpiresAt = ({ claimedAt }: PaymentAttempt): Instant => addMinutes(claimedAt, 60);

/** The attempt with the provider's id of its payment, not confirmed yet. */
export const sent = (attempt: PaymentAttempt, intent: string, now: Instant): PaymentAttempt => ({
  ...attempt,
  state: 'sent',
  intent,
  changedAt: now,
});

/** The attempt after a call whose outcome nobody knows. */
export const unknown = (attempt: PaymentAttempt, because: string, now: Instant): PaymentAttempt => ({
  ...attempt,
  state: 'unknown',
  because,
  changedAt: now,
});
