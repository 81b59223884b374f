/** Setup intents: asking leave to charge a payment method later; a leave given attaches it to the customer. */
import type { Account } from '../account/account.ts';
import { cardError, invalidRequest } from '../api/errors.ts';
import type { Metadata } from '../objects/parts.ts';
import type { AutomaticPaymentMethods } from '../objects/payment-intent.ts';
import { newSetupIntent, type SetupIntent } from '../objects/setup-intent.ts';
import { authenticationRequired } from '../test-payment-methods.ts';
import { errorOf } from './outcome.ts';
import { attach, behaviourOf, checkUsable, resolveMethod } from './use-method.ts';

export interface SetupAsked {
  readonly customer?: string | undefined;
  readonly paymentMethod?: string | undefined;
  readonly allowedTypes?: string[] | undefined;
  readonly automaticPaymentMethods?: AutomaticPaymentMethods | undefined;
  readonly usage?: 'off_session' | 'on_session' | undefined;
  readonly description?: string | null | undefined;
  readonly metadata: Metadata;
}

export const makeSetup = (account: Account, asked: SetupAsked): SetupIntent => {
  const customer = asked.customer === undefined ? null : account.find('customer', asked.customer, 'customer').id;
  const method = asked.paymentMethod === undefined ? null : resolveMethod(account, asked.paymentMethod);
  if (method) checkUsable(account, method, customer);
  const id = account.mintId('seti');
  const setup = newSetupIntent({
    id,
    created: account.created(),
    clientSecret: `${id}_secret_${account.mintId('s').slice(2)}`,
    customer,
    paymentMethod: method?.id ?? null,
    allowedTypes: asked.allowedTypes ?? null,
    paymentMethodTypes: asked.allowedTypes ?? ['card', 'us_bank_account', 'sepa_debit'],
    automaticPaymentMethods:
      asked.automaticPaymentMethods ?? (asked.allowedTypes ? null : { enabled: true, allow_redirects: 'always' }),
    usage: asked.usage ?? 'off_session',
    description: asked.description ?? null,
    metadata: asked.metadata,
  });
  account.store.put('setup_intent', setup);
  account.emit('setup_intent.created', setup);
  return setup;
};

const finish = (account: Account, setup: SetupIntent, status: SetupIntent['status'], event: string): SetupIntent => {
  setup.status = status;
  account.store.put('setup_intent', setup);
  account.emit(event, setup);
  return setup;
};

export const confirmSetup = (account: Account, setup: SetupIntent, named?: string): SetupIntent => {
  const wanted = named ?? setup.payment_method;
  if (setup.status === 'succeeded' || setup.status === 'canceled')
    return invalidRequest(`You cannot confirm this SetupIntent because it has a status of ${setup.status}.`, {
      code: 'setup_intent_unexpected_state',
      setup_intent: setup,
    });
  if (wanted === null)
    return invalidRequest("You cannot confirm this SetupIntent because it's missing a payment method.", {
      code: 'setup_intent_unexpected_state',
      setup_intent: setup,
    });
  const method = resolveMethod(account, wanted);
  checkUsable(account, method, setup.customer);
  if (!setup.payment_method_types.includes(method.type))
    return invalidRequest(`The PaymentMethod provided (${method.type}) is not allowed for this SetupIntent.`, {
      param: 'payment_method',
      code: 'setup_intent_invalid_parameter',
    });
  const { attaches, outcome } = behaviourOf(account, method.id).card;
  setup.next_action = null;
  if (!attaches && outcome.result === 'declines') {
    const error = errorOf(outcome.decline, method);
    setup.payment_method = null;
    setup.last_setup_error = error;
    finish(account, setup, 'requires_payment_method', 'setup_intent.setup_failed');
    return cardError(error, { setup_intent: setup });
  }
  setup.payment_method = method.id;
  if (outcome.result === 'needs_authentication') {
    setup.next_action = { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } };
    return finish(account, setup, 'requires_action', 'setup_intent.requires_action');
  }
  return grant(account, setup);
};

const grant = (account: Account, setup: SetupIntent): SetupIntent => {
  const method = account.find('payment_method', setup.payment_method ?? '', 'payment_method');
  if (setup.customer !== null && method.customer === null) attach(account, method, setup.customer);
  setup.last_setup_error = null;
  return finish(account, setup, 'succeeded', 'setup_intent.succeeded');
};

export const authenticateSetup = (account: Account, id: string, agreed: boolean): SetupIntent => {
  const setup = account.find('setup_intent', id);
  if (setup.status !== 'requires_action')
    return invalidRequest(`This SetupIntent's status is ${setup.status}: there is nothing to authenticate.`, {
      code: 'setup_intent_unexpected_state',
    });
  setup.next_action = null;
  if (agreed) return grant(account, setup);
  const method = account.find('payment_method', setup.payment_method ?? '', 'payment_method');
  setup.last_setup_error = { ...errorOf(authenticationRequired, method), code: 'setup_intent_authentication_failure' };
  setup.payment_method = null;
  return finish(account, setup, 'requires_payment_method', 'setup_intent.setup_failed');
};

export const cancelSetup = (account: Account, id: string, reason: string | undefined): SetupIntent => {
  const setup = account.find('setup_intent', id);
  if (setup.status === 'succeeded' || setup.status === 'canceled')
    return invalidRequest(`You cannot cancel this SetupIntent because it has a status of ${setup.status}.`, {
      code: 'setup_intent_unexpected_state',
      setup_intent: setup,
    });
  setup.cancellation_reason = reason ?? null;
  setup.next_action = null;
  return finish(account, setup, 'canceled', 'setup_intent.canceled');
};
