/**
 * Checkout: what happens to a session when its page is paid, when a bank debit
 * ends days later, and when nobody comes in time. A session makes its payment
 * intent when it is paid, not before; a decline leaves it open for another try.
 */
import { present } from '#domain/assert.ts';
import type { Account } from '../account/account.ts';
import { invalidRequest } from '../api/errors.ts';
import type { CheckoutSession } from '../objects/checkout-session.ts';
import type { PaymentIntent } from '../objects/payment-intent.ts';
import { confirmIntent } from './attempt.ts';
import { makeIntent } from './make-intent.ts';
import { confirmSetup } from './setup.ts';

const put = (account: Account, session: CheckoutSession, event: string): void => {
  account.store.put('checkout.session', session);
  account.emit(event, session);
};

const intentOf = (account: Account, session: CheckoutSession): PaymentIntent => {
  if (session.payment_intent !== null) return account.find('payment_intent', session.payment_intent);
  const plan = present(account.store.get('checkout_plan', session.id), 'every session has its plan');
  const intent = makeIntent(account, {
    amount: present(session.amount_total, 'a session that takes a payment has an amount'),
    currency: present(session.currency, 'a session that takes a payment has a currency'),
    customer: session.customer ?? undefined,
    allowedTypes: plan.allowedTypes,
    setupFutureUsage: plan.setupFutureUsage,
    description: plan.description,
    metadata: plan.metadata,
  });
  session.payment_intent = intent.id;
  account.store.put('checkout.session', session);
  return intent;
};

const complete = (account: Account, session: CheckoutSession): CheckoutSession => {
  session.status = 'complete';
  session.url = null;
  put(account, session, 'checkout.session.completed');
  return session;
};

/** The customer pays, or leaves a payment method. Throws a card error where the card declines: the page stays open. */
export const paySession = (account: Account, id: string, paymentMethod: string): CheckoutSession => {
  const session = account.find('checkout.session', id);
  if (session.status !== 'open')
    return invalidRequest(`This Checkout Session is ${session.status} and can no longer be paid.`, {
      code: 'checkout_session_unexpected_state',
    });
  if (session.setup_intent !== null) {
    const setup = confirmSetup(account, account.find('setup_intent', session.setup_intent), paymentMethod);
    return setup.status === 'succeeded' ? complete(account, session) : session;
  }
  const intent = confirmIntent(account, intentOf(account, session), { paymentMethod });
  session.payment_status = intent.status === 'succeeded' ? 'paid' : 'unpaid';
  return intent.status === 'requires_action' ? session : complete(account, session);
};

const sessionOf = (
  account: Account,
  field: 'payment_intent' | 'setup_intent',
  id: string,
): CheckoutSession | undefined => {
  const found = [...account.store.all('checkout.session')].find((session) => session[field] === id);
  return found && account.store.get('checkout.session', found.id);
};

/** After a page's card was authenticated: the session it belongs to, if any, goes on. */
export const completeAuthenticated = (account: Account, intentId: string): void => {
  const setup = account.store.get('setup_intent', intentId);
  const intent = account.store.get('payment_intent', intentId);
  const session = sessionOf(account, setup ? 'setup_intent' : 'payment_intent', intentId);
  if (session?.status !== 'open' || (setup ?? intent)?.status !== 'succeeded') return;
  if (intent) session.payment_status = 'paid';
  complete(account, session);
};

/** A bank debit given on a page has ended. */
export const settleSession = (account: Account, intent: PaymentIntent): void => {
  const session = sessionOf(account, 'payment_intent', intent.id);
  if (session?.status !== 'complete' || session.payment_status === 'paid') return;
  if (intent.status === 'succeeded') session.payment_status = 'paid';
  put(account, session, `checkout.session.async_payment_${intent.status === 'succeeded' ? 'succeeded' : 'failed'}`);
};

export const expireSession = (account: Account, id: string): CheckoutSession => {
  const session = account.find('checkout.session', id);
  if (session.status !== 'open') return session;
  session.status = 'expired';
  session.url = null;
  const intent = session.payment_intent === null ? undefined : account.find('payment_intent', session.payment_intent);
  if (intent && intent.status !== 'succeeded') {
    Object.assign(intent, { status: 'canceled', canceled_at: account.created(), cancellation_reason: 'expired' });
    account.store.put('payment_intent', intent);
    account.emit('payment_intent.canceled', intent);
  }
  put(account, session, 'checkout.session.expired');
  return session;
};
