/** `/v1/setup_intents`. */
import { pageOf, paging } from '../api/list.ts';
import { boolean, clearable, mergeMetadata, metadata, oneOf, range, text } from '../api/params.ts';
import { route } from '../api/route.ts';
import { cancelSetup, confirmSetup, makeSetup } from '../payments/setup.ts';
import { allowedTypes, automaticPaymentMethods, readAutomatic, usage } from './intent-params.ts';

const creating = {
  customer: text,
  payment_method: text,
  allowed_payment_method_types: allowedTypes,
  automatic_payment_methods: automaticPaymentMethods,
  confirm: boolean,
  description: clearable,
  metadata,
  usage,
};

export const setupIntentRoutes = [
  route('POST', '/v1/setup_intents', creating, ({ account, params }) => {
    const setup = makeSetup(account, {
      ...{ customer: params.customer, paymentMethod: params.payment_method, usage: params.usage },
      allowedTypes: params.allowed_payment_method_types,
      automaticPaymentMethods: readAutomatic(params.automatic_payment_methods),
      description: params.description,
      metadata: mergeMetadata({}, params.metadata),
    });
    return params.confirm === true ? confirmSetup(account, setup) : setup;
  }),
  route(
    'GET',
    '/v1/setup_intents',
    { ...paging, customer: text, payment_method: text, created: range },
    ({ account, path, params }) =>
      pageOf(
        account,
        'setup_intent',
        path,
        params,
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (params.payment_method === undefined || row.payment_method === params.payment_method) &&
          (params.created?.(row.created) ?? true),
      ),
  ),
  route('GET', '/v1/setup_intents/:id', {}, ({ account, id }) => account.find('setup_intent', id)),
  route('POST', '/v1/setup_intents/:id/confirm', { payment_method: text }, ({ account, id, params }) =>
    confirmSetup(account, account.find('setup_intent', id), params.payment_method),
  ),
  route(
    'POST',
    '/v1/setup_intents/:id/cancel',
    { cancellation_reason: oneOf('abandoned', 'duplicate', 'requested_by_customer') },
    ({ account, id, params }) => cancelSetup(account, id, params.cancellation_reason),
  ),
];
