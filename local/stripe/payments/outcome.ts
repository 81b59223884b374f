/** What a charge's result changes: the charge, its intent, the balance, and what the world is told, in Stripe's order. */
import { type Account, DAY } from '../account/account.ts';
import { approved, type Charge, declined } from '../objects/charge.ts';
import type { PaymentError } from '../objects/parts.ts';
import type { PaymentIntent } from '../objects/payment-intent.ts';
import type { PaymentMethod } from '../objects/payment-method.ts';
import type { Decline } from '../test-payment-methods.ts';
import { recordBalance } from './balance.ts';
import { chargeFee } from '../objects/balance-transaction.ts';

/** With `automatic_async`, Stripe's default, the balance follows the answer by seconds. */
const BALANCE_FOLLOWS_MS = 3_000;
/** Days until a card's money can be paid out. */
const AVAILABLE_AFTER = 2 * DAY;

export const settleBalance = (account: Account, charge: Charge): void => {
  const card = charge.payment_method_details.type === 'card';
  charge.balance_transaction = recordBalance(account, {
    amount: charge.amount,
    fee: chargeFee(charge.amount),
    currency: charge.currency,
    type: card ? 'charge' : 'payment',
    category: 'charge',
    source: charge.id,
    description: charge.description,
    availableAfterMs: AVAILABLE_AFTER,
  }).id;
  account.store.put('charge', charge);
};

export const succeed = (account: Account, intent: PaymentIntent, charge: Charge): PaymentIntent => {
  Object.assign(charge, {
    status: 'succeeded',
    paid: true,
    captured: true,
    amount_captured: charge.amount,
    outcome: approved,
  });
  const later = intent.capture_method === 'automatic_async' && charge.payment_method_details.type === 'card';
  account.store.put('charge', charge);
  if (later) account.schedule(BALANCE_FOLLOWS_MS, { name: 'settle_balance', charge: charge.id });
  else settleBalance(account, charge);
  intent.status = 'succeeded';
  intent.amount_received = charge.amount;
  intent.last_payment_error = null;
  account.store.put('payment_intent', intent);
  account.emit('charge.succeeded', charge);
  account.emit('payment_intent.succeeded', intent);
  return intent;
};

export const errorOf = (
  { code, declineCode, message }: Decline,
  method: PaymentMethod,
  charge?: string,
): PaymentError => ({
  type: 'card_error',
  code,
  decline_code: declineCode,
  doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
  message,
  payment_method: method,
  ...(charge === undefined ? {} : { charge }),
});

/** The intent asks for another payment method and forgets the one that failed, as at Stripe. */
export const fail = (
  account: Account,
  intent: PaymentIntent,
  charge: Charge,
  method: PaymentMethod,
  decline: Decline,
): PaymentError => {
  Object.assign(charge, {
    status: 'failed',
    failure_code: decline.code,
    failure_message: decline.message,
    outcome: declined(decline.declineCode),
  });
  const error = errorOf(decline, method, charge.id);
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.last_payment_error = error;
  account.store.put('charge', charge);
  account.store.put('payment_intent', intent);
  account.emit('charge.failed', charge);
  account.emit('payment_intent.payment_failed', intent);
  return error;
};
