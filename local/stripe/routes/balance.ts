/** `/v1/balance`, `/v1/balance_transactions`, `/v1/payouts`: the money Stripe holds and sends. */
import { invalidRequest } from '../api/errors.ts';
import { pageOf, paging } from '../api/list.ts';
import { integer, mergeMetadata, metadata, oneOf, range, required, text } from '../api/params.ts';
import { route } from '../api/route.ts';
import { checkCurrency, checkPrecision } from '../currencies.ts';
import { heldByCurrency } from '../payments/balance.ts';
import { payOutAmount } from '../payments/payout.ts';

export const balanceRoutes = [
  route('GET', '/v1/balance', {}, ({ account }) => {
    const held = heldByCurrency(account);
    const of = (which: 'available' | 'pending') =>
      held.map((sums) => ({ amount: sums[which], currency: sums.currency, source_types: { card: sums[which] } }));
    return { object: 'balance', available: of('available'), livemode: false, pending: of('pending') };
  }),
  route(
    'GET',
    '/v1/balance_transactions',
    { ...paging, payout: text, source: text, type: text, currency: text, created: range },
    ({ account, path, params }) => {
      if (params.payout !== undefined && !account.find('payout', params.payout, 'payout').automatic)
        return invalidRequest('Balance transaction history can only be filtered on automatic transfers, not manual.', {
          param: 'payout',
        });
      return pageOf(
        account,
        'balance_transaction',
        path,
        params,
        (row) =>
          (params.payout === undefined || account.store.get('paid_out', row.id)?.payout === params.payout) &&
          (params.source === undefined || row.source === params.source) &&
          (params.type === undefined || row.type === params.type) &&
          (params.currency === undefined || row.currency === params.currency) &&
          (params.created?.(row.created) ?? true),
      );
    },
  ),
  route('GET', '/v1/balance_transactions/:id', {}, ({ account, id }) => account.find('balance_transaction', id)),
  route('POST', '/v1/payouts', { amount: integer, currency: text, metadata }, ({ account, params }) => {
    const currency = checkCurrency(required(params.currency, 'currency'));
    const amount = checkPrecision(required(params.amount, 'amount'), currency);
    return payOutAmount(account, amount, currency, mergeMetadata({}, params.metadata));
  }),
  route(
    'GET',
    '/v1/payouts',
    { ...paging, status: oneOf('in_transit', 'paid', 'failed'), arrival_date: range, created: range },
    ({ account, path, params }) =>
      pageOf(
        account,
        'payout',
        path,
        params,
        (row) =>
          (params.status === undefined || row.status === params.status) &&
          (params.arrival_date?.(row.arrival_date) ?? true) &&
          (params.created?.(row.created) ?? true),
      ),
  ),
  route('GET', '/v1/payouts/:id', {}, ({ account, id }) => account.find('payout', id)),
];
