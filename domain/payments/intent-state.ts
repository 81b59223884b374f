/**
 * What the provider says of one payment when it is asked. It is the truth about the
 * money, but not about what was owed: amount, invoice and attempt are held against
 * our own records before anything is believed (I28).
 */
import type { Money } from '../money/money.ts';

export interface IntentState {
  readonly intent: string;
  /** `processing`: the bank has it, for days perhaps. `failed`: declined, and nobody will confirm it again. */
  readonly state: 'unconfirmed' | 'processing' | 'requires_action' | 'succeeded' | 'failed' | 'cancelled';
  readonly amount: Money;
  /** The attempt it was made for, as we named it to the provider. */
  readonly pays: AttemptName;
  readonly because?: string;
}

export interface AttemptName {
  readonly invoice: string;
  readonly attempt: number;
}

/** An answer of the provider about an attempt: its payment, and the hosted page where it was made on one. */
export interface PaymentNews {
  readonly pays: AttemptName;
  /** Null while the customer has not tried to pay on the page. */
  readonly payment: IntentState | null;
  /** Of a checkout: whether the customer can still pay on the page, and where it is. */
  readonly page?: 'open' | 'complete' | 'expired';
  readonly url?: string;
}
