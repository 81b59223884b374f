/**
 * A payment intent and a payment page of Stripe's in our words. One that carries no
 * invoice and attempt of ours in its metadata is none of our business, and says so.
 */
import type { Stripe } from 'stripe';
import { assert, present } from '#domain/assert.ts';
import type { AttemptName, IntentState, PaymentNews } from '#domain/payments/intent-state.ts';
import { fromStripe } from './stripe-amount.ts';

export const intentState = (intent: Stripe.PaymentIntent): IntentState | undefined => {
  const pays = attemptIn(intent.metadata);
  if (pays === undefined) return undefined;
  const because = intent.last_payment_error?.message;
  return {
    intent: intent.id,
    state: stateOf(intent),
    amount: fromStripe(moneyOf(intent)),
    pays,
    ...(because === undefined ? {} : { because }),
  };
};

/** Of a page looked up with its payment intent expanded. */
export const checkoutNews = (session: Stripe.Checkout.Session): PaymentNews | undefined => {
  const pays = session.metadata === null ? undefined : attemptIn(session.metadata);
  if (pays === undefined) return undefined;
  const intent = session.payment_intent;
  const payment =
    intent === null || typeof intent === 'string'
      ? null
      : present(intentState(intent), 'the payment of a page carries the names the page does');
  return { pays, payment, page: pageOf(session.status), ...(session.url === null ? {} : { url: session.url }) };
};

/** Of money that came, what really came: less than was asked for would be no payment of the invoice. */
const moneyOf = ({ status, amount, amount_received, currency }: Stripe.PaymentIntent) => ({
  amount: status === 'succeeded' ? amount_received : amount,
  currency,
});

/** Stripe may add a status; one we do not know is a bug here, and never taken for one we do. */
const states: Readonly<Record<string, IntentState['state']>> = {
  requires_payment_method: 'unconfirmed',
  requires_confirmation: 'unconfirmed',
  requires_action: 'requires_action',
  requires_capture: 'processing',
  processing: 'processing',
  canceled: 'cancelled',
  succeeded: 'succeeded',
};

/** After a decline Stripe asks for another payment method; only the error tells that there was a charge before. */
const stateOf = ({ status, last_payment_error: error }: Stripe.PaymentIntent): IntentState['state'] =>
  status === 'requires_payment_method' && error !== null
    ? 'failed'
    : present(states[status], `${status} is a status of a payment intent`);

const pageOf = (status: string | null) => {
  assert(
    status === 'open' || status === 'complete' || status === 'expired',
    `${String(status)} is a status of a payment page`,
  );
  return status;
};

const attemptIn = ({ invoice, attempt }: Stripe.Metadata): AttemptName | undefined =>
  invoice !== undefined && attempt !== undefined && /^[1-9]\d{0,5}$/.test(attempt)
    ? { invoice, attempt: Number(attempt) }
    : undefined;
