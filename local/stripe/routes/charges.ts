/** `/v1/charges`, `/v1/refunds`, `/v1/disputes`: what became of payments. Charges are made by payment intents only. */
import { invalidParameter, invalidRequest } from '../api/errors.ts';
import { pageOf, paging } from '../api/list.ts';
import { integer, mergeMetadata, metadata, oneOf, range, required, text } from '../api/params.ts';
import { route } from '../api/route.ts';
import { closeDispute } from '../payments/dispute.ts';
import { refundCharge } from '../payments/refund.ts';

const about = { charge: text, payment_intent: text, created: range };

interface About {
  readonly charge?: string;
  readonly payment_intent?: string;
  readonly created?: (at: number) => boolean;
}

const matches =
  (params: About) =>
  (row: { readonly charge: string; readonly payment_intent: string; readonly created: number }): boolean =>
    (params.charge === undefined || row.charge === params.charge) &&
    (params.payment_intent === undefined || row.payment_intent === params.payment_intent) &&
    (params.created?.(row.created) ?? true);

export const chargeRoutes = [
  route(
    'GET',
    '/v1/charges',
    { ...paging, customer: text, payment_intent: text, created: range },
    ({ account, path, params }) =>
      pageOf(
        account,
        'charge',
        path,
        params,
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (params.payment_intent === undefined || row.payment_intent === params.payment_intent) &&
          (params.created?.(row.created) ?? true),
      ),
  ),
  route('GET', '/v1/charges/:id', {}, ({ account, id }) => account.find('charge', id)),
  route(
    'POST',
    '/v1/refunds',
    {
      charge: text,
      payment_intent: text,
      amount: integer,
      reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
      metadata,
    },
    ({ account, params }) => {
      if ((params.charge === undefined) === (params.payment_intent === undefined))
        invalidParameter('One of these parameters must be given, and only one: charge, payment_intent.', 'charge');
      const charge =
        params.charge ??
        account.find('payment_intent', required(params.payment_intent, 'payment_intent'), 'payment_intent')
          .latest_charge ??
        invalidRequest('This PaymentIntent does not have a successful charge to refund.', {
          code: 'payment_intent_unexpected_state',
        });
      return refundCharge(account, account.find('charge', charge, 'charge'), {
        amount: params.amount,
        reason: params.reason ?? null,
        metadata: mergeMetadata({}, params.metadata),
      });
    },
  ),
  route('GET', '/v1/refunds', { ...paging, ...about }, ({ account, path, params }) =>
    pageOf(account, 'refund', path, params, matches(params)),
  ),
  route('GET', '/v1/refunds/:id', {}, ({ account, id }) => account.find('refund', id)),
  route('GET', '/v1/disputes', { ...paging, ...about }, ({ account, path, params }) =>
    pageOf(account, 'dispute', path, params, matches(params)),
  ),
  route('GET', '/v1/disputes/:id', {}, ({ account, id }) => account.find('dispute', id)),
  route('POST', '/v1/disputes/:id/close', {}, ({ account, id }) => closeDispute(account, id, 'lost')),
];
