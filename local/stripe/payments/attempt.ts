/**
 * Confirming a payment intent: one attempt to charge its payment method. The
 * states are Stripe's: an intent that asks for a payment method, a confirmation or
 * an action may be confirmed, a card ends `succeeded`, `requires_action` or back at
 * `requires_payment_method` with an error of status 402, and a bank debit stays
 * `processing` until its days have passed.
 */
import { present, unreachable } from '#domain/assert.ts';
import { type Account, DAY } from '../account/account.ts';
import { cardError, invalidRequest } from '../api/errors.ts';
import { type Charge, newCharge } from '../objects/charge.ts';
import type { PaymentIntent } from '../objects/payment-intent.ts';
import type { PaymentMethod } from '../objects/payment-method.ts';
import { authenticationRequired, type Decline, type Outcome } from '../test-payment-methods.ts';
import { errorOf, fail, succeed } from './outcome.ts';
import { attach, behaviourOf, checkUsable, countAttempt, resolveMethod, spend } from './use-method.ts';

/** Days a bank debit takes to succeed or fail. */
const DEBIT_TAKES = 4 * DAY;

export interface Confirmation {
  readonly paymentMethod?: string | undefined;
  readonly offSession?: boolean | undefined;
  readonly returnUrl?: string | undefined;
  readonly errorOnRequiresAction?: boolean | undefined;
}

const CURRENCY_OF = { us_bank_account: 'usd', sepa_debit: 'eur' } as const;

const checkFits = (intent: PaymentIntent, method: PaymentMethod): void => {
  if (!intent.payment_method_types.includes(method.type))
    invalidRequest(
      `The PaymentMethod provided (${method.type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one of these types: ${intent.payment_method_types.join(', ')}.`,
      { param: 'payment_method', code: 'payment_intent_invalid_parameter' },
    );
  if (method.type !== 'card' && CURRENCY_OF[method.type] !== intent.currency)
    invalidRequest(`${method.type} payments must be in ${CURRENCY_OF[method.type]}, not ${intent.currency}.`, {
      param: 'currency',
      code: 'payment_intent_invalid_currency',
    });
};

const checkMayConfirm = (intent: PaymentIntent, { offSession, returnUrl }: Confirmation): void => {
  if (intent.status === 'succeeded')
    invalidRequest(
      'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.',
      {
        code: 'payment_intent_unexpected_state',
        payment_intent: intent,
      },
    );
  if (intent.status === 'canceled' || intent.status === 'processing')
    invalidRequest(
      `This PaymentIntent's status is ${intent.status}, but must be one of: requires_payment_method, requires_confirmation, requires_action.`,
      { code: 'payment_intent_unexpected_state', payment_intent: intent },
    );
  const mayRedirect = intent.automatic_payment_methods?.allow_redirects === 'always';
  if (mayRedirect && offSession !== true && returnUrl === undefined)
    invalidRequest(
      "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never`.",
      { payment_intent: intent },
    );
};

const makeCharge = (account: Account, intent: PaymentIntent, method: PaymentMethod): Charge => {
  const charge = newCharge({ id: account.mintId('ch'), created: account.created(), intent, method });
  intent.latest_charge = charge.id;
  return charge;
};

const answerDecline = (account: Account, intent: PaymentIntent, method: PaymentMethod, decline: Decline): never => {
  const error = fail(account, intent, makeCharge(account, intent, method), method, decline);
  return cardError(error, { payment_intent: intent });
};

const askForAuthentication = (
  account: Account,
  intent: PaymentIntent,
  returnUrl: string | undefined,
): PaymentIntent => {
  intent.status = 'requires_action';
  const url = `${account.publicUrl()}/c/authenticate/${intent.id}`;
  intent.next_action =
    returnUrl === undefined
      ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } }
      : { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } };
  account.store.put('payment_intent', intent);
  account.emit('payment_intent.requires_action', intent);
  return intent;
};

/** Charges a method whose holder, where that was needed, has agreed. */
const chargeMethod = (
  account: Account,
  intent: PaymentIntent,
  method: PaymentMethod,
  outcome: Outcome,
): PaymentIntent => {
  const charge = makeCharge(account, intent, method);
  if (outcome.result === 'processes') {
    intent.status = 'processing';
    account.store.put('charge', charge);
    account.store.put('payment_intent', intent);
    if (outcome.stays === undefined) account.schedule(DEBIT_TAKES, { name: 'settle_debit', charge: charge.id });
    account.emit('charge.pending', charge);
    account.emit('payment_intent.processing', intent);
  } else {
    succeed(account, intent, charge);
    if (outcome.result === 'succeeds' && outcome.disputedFor !== undefined)
      account.schedule(0, { name: 'open_dispute', charge: charge.id, reason: outcome.disputedFor });
  }
  if (intent.setup_future_usage !== null && intent.customer !== null && method.customer === null)
    attach(account, method, intent.customer);
  else if (method.customer === null) spend(account, method.id);
  return intent;
};

export const confirmIntent = (account: Account, intent: PaymentIntent, how: Confirmation): PaymentIntent => {
  checkMayConfirm(intent, how);
  const named = how.paymentMethod ?? intent.payment_method;
  if (named === null)
    return invalidRequest(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.",
      { code: 'payment_intent_unexpected_state', payment_intent: intent },
    );
  const method = resolveMethod(account, named);
  checkUsable(account, method, intent.customer);
  checkFits(intent, method);
  intent.payment_method = method.id;
  intent.next_action = null;
  const { outcome } = behaviourOf(account, method.id).card;
  const before = countAttempt(account, method.id);
  switch (outcome.result) {
    case 'declines':
      return before < (outcome.times ?? Infinity)
        ? answerDecline(account, intent, method, outcome.decline)
        : chargeMethod(account, intent, method, outcome);
    case 'needs_authentication':
      return how.offSession === true || how.errorOnRequiresAction === true
        ? answerDecline(account, intent, method, authenticationRequired)
        : askForAuthentication(account, intent, how.returnUrl);
    case 'succeeds':
    case 'processes':
      return chargeMethod(account, intent, method, outcome);
    default:
      return unreachable(outcome);
  }
};

/** What the customer did on the bank's page of an intent that required action. */
export const authenticateIntent = (account: Account, id: string, agreed: boolean): PaymentIntent => {
  const intent = account.find('payment_intent', id);
  if (intent.status !== 'requires_action')
    return invalidRequest(`This PaymentIntent's status is ${intent.status}: there is nothing to authenticate.`, {
      code: 'payment_intent_unexpected_state',
    });
  const method = account.find(
    'payment_method',
    present(intent.payment_method, 'an action belongs to a payment method'),
  );
  intent.next_action = null;
  if (agreed) return chargeMethod(account, intent, method, behaviourOf(account, method.id).card.outcome);
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.last_payment_error = {
    ...errorOf(authenticationRequired, method),
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message:
      'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
  };
  account.store.put('payment_intent', intent);
  account.emit('payment_intent.payment_failed', intent);
  return intent;
};

/** The end of a bank debit's days. */
export const settleDebit = (account: Account, chargeId: string): PaymentIntent => {
  const charge = account.find('charge', chargeId);
  const intent = account.find('payment_intent', charge.payment_intent);
  const method = account.find('payment_method', charge.payment_method);
  const { outcome } = behaviourOf(account, method.id).card;
  if (outcome.result === 'processes' && outcome.failure) fail(account, intent, charge, method, outcome.failure);
  else succeed(account, intent, charge);
  if (outcome.result === 'processes' && outcome.disputedFor !== undefined)
    account.schedule(DAY, { name: 'open_dispute', charge: charge.id, reason: outcome.disputedFor });
  return intent;
};
