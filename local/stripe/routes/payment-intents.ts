/** `/v1/payment_intents`. Manual capture is not among its parameters and therefore refused. */
import type { Account } from '../account/account.ts';
import { invalidParameter, invalidRequest } from '../api/errors.ts';
import { pageOf, paging } from '../api/list.ts';
import {
  boolean,
  clearable,
  integer,
  mergeMetadata,
  metadata,
  oneOf,
  type Params,
  range,
  required,
  text,
} from '../api/params.ts';
import { route } from '../api/route.ts';
import { searchFor, searching } from '../api/search.ts';
import { checkChargeAmount } from '../currencies.ts';
import type { PaymentIntent } from '../objects/payment-intent.ts';
import { confirmIntent } from '../payments/attempt.ts';
import { makeIntent } from '../payments/make-intent.ts';
import { checkUsable, resolveMethod } from '../payments/use-method.ts';
import { allowedTypes, automaticPaymentMethods, readAutomatic, usage } from './intent-params.ts';

const confirming = {
  payment_method: text,
  off_session: boolean,
  return_url: text,
  error_on_requires_action: boolean,
};

const changing = { payment_method: text, description: clearable, receipt_email: clearable, metadata };

const creating = {
  ...confirming,
  ...changing,
  amount: integer,
  currency: text,
  customer: text,
  confirm: boolean,
  capture_method: oneOf('automatic', 'automatic_async'),
  setup_future_usage: usage,
  allowed_payment_method_types: allowedTypes,
  automatic_payment_methods: automaticPaymentMethods,
  statement_descriptor_suffix: text,
};

const confirmation = (params: Params<typeof confirming>) => ({
  paymentMethod: params.payment_method,
  offSession: params.off_session,
  returnUrl: params.return_url,
  errorOnRequiresAction: params.error_on_requires_action,
});

const create = (account: Account, params: Params<typeof creating>): PaymentIntent => {
  const amount = required(params.amount, 'amount');
  const currency = required(params.currency, 'currency');
  if (params.confirm !== true)
    for (const only of ['off_session', 'return_url', 'error_on_requires_action'] as const)
      if (params[only] !== undefined) invalidParameter(`\`${only}\` can only be set when \`confirm\` is true.`, only);
  const intent = makeIntent(account, {
    ...{ amount, currency, customer: params.customer, paymentMethod: params.payment_method },
    allowedTypes: params.allowed_payment_method_types,
    automaticPaymentMethods: readAutomatic(params.automatic_payment_methods),
    captureMethod: params.capture_method,
    setupFutureUsage: params.setup_future_usage,
    description: params.description,
    receiptEmail: params.receipt_email,
    statementDescriptorSuffix: params.statement_descriptor_suffix,
    metadata: mergeMetadata({}, params.metadata),
  });
  // The token was already made into a payment method of its own.
  return params.confirm === true
    ? confirmIntent(account, intent, { ...confirmation(params), paymentMethod: undefined })
    : intent;
};

const CHANGEABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

const update = (
  account: Account,
  id: string,
  params: Params<typeof changing & { amount: typeof integer }>,
): PaymentIntent => {
  const intent = account.find('payment_intent', id);
  const onlyNotes = params.amount === undefined && params.payment_method === undefined;
  if (!onlyNotes && !CHANGEABLE.includes(intent.status))
    return invalidRequest(`This PaymentIntent could not be updated because it has a status of ${intent.status}.`, {
      code: 'payment_intent_unexpected_state',
      payment_intent: intent,
    });
  if (params.amount !== undefined) intent.amount = checkChargeAmount(params.amount, intent.currency);
  if (params.payment_method !== undefined) {
    const method = resolveMethod(account, params.payment_method);
    checkUsable(account, method, intent.customer);
    intent.payment_method = method.id;
    intent.status = 'requires_confirmation';
    intent.next_action = null;
  }
  if (params.description !== undefined) intent.description = params.description;
  if (params.receipt_email !== undefined) intent.receipt_email = params.receipt_email;
  intent.metadata = mergeMetadata(intent.metadata, params.metadata);
  account.store.put('payment_intent', intent);
  return intent;
};

const cancel = (account: Account, id: string, reason: string | undefined): PaymentIntent => {
  const intent = account.find('payment_intent', id);
  if (!CHANGEABLE.includes(intent.status))
    return invalidRequest(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CHANGEABLE.join(', ')}.`,
      { code: 'payment_intent_unexpected_state', payment_intent: intent },
    );
  intent.status = 'canceled';
  intent.canceled_at = account.created();
  intent.cancellation_reason = reason ?? null;
  intent.next_action = null;
  account.store.put('payment_intent', intent);
  account.emit('payment_intent.canceled', intent);
  return intent;
};

export const paymentIntentRoutes = [
  route('POST', '/v1/payment_intents', creating, ({ account, params }) => create(account, params)),
  route('GET', '/v1/payment_intents', { ...paging, customer: text, created: range }, ({ account, path, params }) =>
    pageOf(
      account,
      'payment_intent',
      path,
      params,
      (row) =>
        (params.customer === undefined || row.customer === params.customer) && (params.created?.(row.created) ?? true),
    ),
  ),
  route('GET', '/v1/payment_intents/search', searching, ({ account, path, params }) =>
    searchFor(account, 'payment_intent', path, params, [
      'amount',
      'created',
      'currency',
      'customer',
      'metadata',
      'status',
    ]),
  ),
  route('GET', '/v1/payment_intents/:id', {}, ({ account, id }) => account.find('payment_intent', id)),
  route('POST', '/v1/payment_intents/:id', { ...changing, amount: integer }, ({ account, id, params }) =>
    update(account, id, params),
  ),
  route('POST', '/v1/payment_intents/:id/confirm', confirming, ({ account, id, params }) =>
    confirmIntent(account, account.find('payment_intent', id), confirmation(params)),
  ),
  route(
    'POST',
    '/v1/payment_intents/:id/cancel',
    { cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer') },
    ({ account, id, params }) => cancel(account, id, params.cancellation_reason),
  ),
];
