/** `/v1/payment_methods`: create from test values, attach, detach, read, change, list. */
import type { Account } from '../account/account.ts';
import { cardError, invalidParameter, invalidRequest } from '../api/errors.ts';
import { pageOf, paging } from '../api/list.ts';
import { mergeMetadata, metadata, object, oneOf, required, text } from '../api/params.ts';
import { route } from '../api/route.ts';
import { noBillingDetails } from '../objects/parts.ts';
import type { PaymentMethod } from '../objects/payment-method.ts';
import { errorOf } from '../payments/outcome.ts';
import { attach, behaviourOf, makeMethod, resolveMethod, spend } from '../payments/use-method.ts';
import { testPaymentMethod, tokenOf } from '../test-payment-methods.ts';
import { billingDetailsShape, readBillingDetails } from './billing-details.ts';

const TYPES = ['card', 'us_bank_account', 'sepa_debit'] as const;
const type = oneOf(...TYPES);

const creating = {
  type,
  card: object({ token: text }),
  us_bank_account: object({
    account_number: text,
    routing_number: oneOf('110000000'),
    account_holder_type: oneOf('company'),
    account_type: oneOf('checking'),
  }),
  sepa_debit: object({ iban: text }),
  billing_details: object(billingDetailsShape),
  metadata,
};

const attachTo = (account: Account, id: string, customer: string): PaymentMethod => {
  const method = resolveMethod(account, id);
  if (method.customer === customer) return method;
  if (method.customer !== null)
    return invalidRequest('The payment method you provided has already been attached to a customer.', {
      code: 'payment_method_unexpected_state',
    });
  const { spent, card } = behaviourOf(account, method.id);
  if (spent)
    return invalidRequest(
      'This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.',
      { code: 'payment_method_unexpected_state' },
    );
  if (!card.attaches && card.outcome.result === 'declines') return cardError(errorOf(card.outcome.decline, method), {});
  return attach(account, method, customer);
};

const detach = (account: Account, id: string): PaymentMethod => {
  const method = account.find('payment_method', id);
  if (method.customer === null)
    return invalidRequest(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
      {
        code: 'payment_method_unexpected_state',
      },
    );
  const customer = account.store.get('customer', method.customer);
  if (customer?.invoice_settings.default_payment_method === id) {
    customer.invoice_settings.default_payment_method = null;
    account.store.put('customer', customer);
  }
  const detached = { ...method, customer: null };
  account.store.put('payment_method', detached);
  spend(account, id);
  account.emit('payment_method.detached', detached);
  return detached;
};

export const paymentMethodRoutes = [
  route('POST', '/v1/payment_methods', creating, ({ account, params }) => {
    const kind = required(params.type, 'type');
    const given = {
      card: params.card?.token,
      us_bank_account: params.us_bank_account?.account_number,
      sepa_debit: params.sepa_debit?.iban,
    };
    if (TYPES.some((other) => other !== kind && given[other] !== undefined))
      invalidParameter(`Only the details of ${kind} go with its type.`, 'type');
    const token = tokenOf(required(given[kind], kind));
    if (token === undefined || testPaymentMethod(token)?.type !== kind)
      return invalidRequest(`Only Stripe's test values are known here, and this is none of them for ${kind}.`, {
        param: kind,
      });
    const details = readBillingDetails(params.billing_details ?? {}, noBillingDetails);
    if (kind !== 'card' && details.name === null)
      invalidParameter('Missing required param: billing_details[name].', 'billing_details[name]', 'parameter_missing');
    return makeMethod(account, token, details, mergeMetadata({}, params.metadata));
  }),
  route('GET', '/v1/payment_methods', { ...paging, customer: text, type }, ({ account, path, params }) => {
    const customer = account.find('customer', required(params.customer, 'customer'), 'customer').id;
    const wanted = (row: Readonly<PaymentMethod>) =>
      row.customer === customer && (params.type === undefined || row.type === params.type);
    return pageOf(account, 'payment_method', path, params, wanted);
  }),
  route('GET', '/v1/customers/:id/payment_methods', { ...paging, type }, ({ account, id, path, params }) => {
    const customer = account.find('customer', id).id;
    const wanted = (row: Readonly<PaymentMethod>) =>
      row.customer === customer && (params.type === undefined || row.type === params.type);
    return pageOf(account, 'payment_method', path, params, wanted);
  }),
  route('GET', '/v1/payment_methods/:id', {}, ({ account, id }) => account.find('payment_method', id)),
  route(
    'POST',
    '/v1/payment_methods/:id',
    { billing_details: object(billingDetailsShape), metadata },
    ({ account, id, params }) => {
      const method = account.find('payment_method', id);
      if (method.customer === null)
        return invalidRequest('You must save this PaymentMethod to a customer before you can update it.');
      const changed: PaymentMethod = {
        ...method,
        billing_details: readBillingDetails(params.billing_details ?? {}, method.billing_details),
        metadata: mergeMetadata(method.metadata, params.metadata),
      };
      account.store.put('payment_method', changed);
      account.emit('payment_method.updated', changed);
      return changed;
    },
  ),
  route('POST', '/v1/payment_methods/:id/attach', { customer: text }, ({ account, id, params }) =>
    attachTo(account, id, account.find('customer', required(params.customer, 'customer'), 'customer').id),
  ),
  route('POST', '/v1/payment_methods/:id/detach', {}, ({ account, id }) => detach(account, id)),
];
