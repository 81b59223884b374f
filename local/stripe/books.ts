/**
 * What Stripe itself would say happened, for checks that do not trust our tables:
 * how often an invoice was really charged, what was really given back.
 */
import type { Account } from './account/account.ts';
import type { ChargeStatus } from './objects/charge.ts';
import type { Metadata } from './objects/parts.ts';
import { type Held, heldByCurrency } from './payments/balance.ts';

export interface BookedCharge {
  readonly id: string;
  readonly paymentIntent: string;
  /** The payment intent's `metadata.invoice` when it was charged; null where it had none. */
  readonly invoice: string | null;
  readonly metadata: Metadata;
  readonly customer: string | null;
  readonly amount: number;
  readonly refunded: number;
  readonly disputed: boolean;
  readonly currency: string;
  readonly status: ChargeStatus;
  /** Epoch seconds. */
  readonly created: number;
}

export interface BookedRefund {
  readonly id: string;
  readonly charge: string;
  readonly paymentIntent: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: 'pending' | 'succeeded' | 'failed';
}

export interface BookedDispute {
  readonly id: string;
  readonly charge: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: 'needs_response' | 'won' | 'lost';
}

export interface Books {
  readonly charges: readonly BookedCharge[];
  readonly refunds: readonly BookedRefund[];
  readonly disputes: readonly BookedDispute[];
  readonly payouts: readonly {
    readonly id: string;
    readonly amount: number;
    readonly currency: string;
    readonly status: string;
  }[];
  readonly balance: readonly Held[];
}

export const readBooks = (account: Account): Books => ({
  charges: [...account.store.all('charge')].map((charge) => ({
    id: charge.id,
    paymentIntent: charge.payment_intent,
    invoice: charge.metadata['invoice'] ?? null,
    metadata: { ...charge.metadata },
    customer: charge.customer,
    amount: charge.amount,
    refunded: charge.amount_refunded,
    disputed: charge.disputed,
    currency: charge.currency,
    status: charge.status,
    created: charge.created,
  })),
  refunds: [...account.store.all('refund')].map(
    ({ id, charge, payment_intent: paymentIntent, amount, currency, status }) => ({
      ...{ id, charge, paymentIntent, amount, currency, status },
    }),
  ),
  disputes: [...account.store.all('dispute')].map(({ id, charge, amount, currency, status }) => ({
    ...{ id, charge, amount, currency, status },
  })),
  payouts: [...account.store.all('payout')].map(({ id, amount, currency, status }) => ({
    id,
    amount,
    currency,
    status,
  })),
  balance: heldByCurrency(account),
});
