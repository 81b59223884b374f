/** The kinds of rows the double keeps: Stripe's objects under their own names, and what Stripe keeps but never shows. */
import type { BalanceTransaction } from '../objects/balance-transaction.ts';
import type { Charge } from '../objects/charge.ts';
import type { CheckoutSession } from '../objects/checkout-session.ts';
import type { Customer, DeletedCustomer } from '../objects/customer.ts';
import type { Dispute } from '../objects/dispute.ts';
import type { StripeEvent } from '../objects/event.ts';
import type { PaymentIntent } from '../objects/payment-intent.ts';
import type { PaymentMethod } from '../objects/payment-method.ts';
import type { Payout } from '../objects/payout.ts';
import type { Refund } from '../objects/refund.ts';
import type { SetupIntent } from '../objects/setup-intent.ts';

export interface ShownKinds {
  balance_transaction: BalanceTransaction;
  charge: Charge;
  'checkout.session': CheckoutSession;
  customer: Customer;
  deleted_customer: DeletedCustomer;
  dispute: Dispute;
  event: StripeEvent;
  payment_intent: PaymentIntent;
  payment_method: PaymentMethod;
  payout: Payout;
  refund: Refund;
  setup_intent: SetupIntent;
}

/** Which test token a payment method came from, how often it was charged, and whether it may still be used. */
export interface TestBehaviour {
  readonly id: string;
  readonly token: string;
  attempts: number;
  spent: boolean;
}

/** A stored answer under an idempotency key. `at` is in epoch milliseconds. */
export interface StoredAnswer {
  readonly id: string;
  readonly fingerprint: string;
  readonly at: number;
  readonly requestId: string;
  readonly status: number;
  readonly body: string;
}

/** Something that happens at its time without anyone asking. */
export type Work =
  | { readonly name: 'settle_balance'; readonly charge: string }
  | { readonly name: 'settle_debit'; readonly charge: string }
  | { readonly name: 'settle_refund'; readonly refund: string; readonly result: 'succeeded' | 'failed' }
  | { readonly name: 'open_dispute'; readonly charge: string; readonly reason: string }
  | { readonly name: 'arrive_payout'; readonly payout: string }
  | { readonly name: 'expire_session'; readonly session: string }
  | { readonly name: 'deliver_webhook'; readonly event: string; readonly attempt: number; readonly firstAt: number };

/** `at` is in epoch milliseconds. Rows due at the same instant run in the order they were made. */
export interface DueWork {
  readonly id: string;
  readonly at: number;
  readonly work: Work;
}

export interface CheckoutPlan {
  readonly id: string;
  readonly description: string | null;
  readonly metadata: Record<string, string>;
  readonly setupFutureUsage: 'off_session' | 'on_session' | null;
  readonly allowedTypes: string[];
}

export interface Kinds extends ShownKinds {
  /** One row: how often the store was opened, so that ids never repeat even where chance does. */
  opening: { readonly id: 'opening'; readonly times: number };
  /** What the page makes of a session: kept beside it because Stripe does not show it on the session. */
  checkout_plan: CheckoutPlan;
  due_work: DueWork;
  /** Which automatic payout carried a balance transaction; the id is the balance transaction's. */
  paid_out: { readonly id: string; readonly payout: string };
  stored_answer: StoredAnswer;
  test_behaviour: TestBehaviour;
}

export type Kind = keyof Kinds;
export type ShownKind = keyof ShownKinds;
