/** Refunds: never more than a charge captured and still holds; they leave the balance at once and reach the customer later. */
import { present } from '#domain/assert.ts';
import { type Account, DAY } from '../account/account.ts';
import { invalidRequest } from '../api/errors.ts';
import { checkPrecision } from '../currencies.ts';
import type { Charge } from '../objects/charge.ts';
import type { Metadata } from '../objects/parts.ts';
import { newRefund, type Refund, type RefundReason } from '../objects/refund.ts';
import { recordBalance } from './balance.ts';
import { behaviourOf } from './use-method.ts';

/** A bank debit's refund arrives, and a refund to a closed card comes back, after these days. */
const REFUND_TAKES = 3 * DAY;

export interface RefundAsked {
  readonly amount: number | undefined;
  readonly reason: RefundReason | null;
  readonly metadata: Metadata;
}

const checkRefundable = (charge: Charge, amount: number | undefined): number => {
  const left = charge.amount_captured - charge.amount_refunded;
  if (charge.status !== 'succeeded')
    return invalidRequest(`Charge ${charge.id} is ${charge.status} and cannot be refunded.`, {
      code: 'charge_not_refundable',
    });
  if (charge.disputed)
    return invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    });
  if (left === 0)
    return invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  const asked = checkPrecision(amount ?? left, charge.currency);
  return asked <= left
    ? asked
    : invalidRequest(`Refund amount (${asked}) is greater than unrefunded amount on charge (${left})`, {
        param: 'amount',
      });
};

const putRefunded = (account: Account, charge: Charge, by: number): void => {
  charge.amount_refunded += by;
  charge.refunded = charge.amount_refunded === charge.amount;
  account.store.put('charge', charge);
};

const moveBack = (
  account: Account,
  refund: Refund,
  amount: number,
  type: 'refund' | 'payment_refund' | 'refund_failure',
) =>
  recordBalance(account, {
    amount,
    fee: 0,
    currency: refund.currency,
    type,
    category: type === 'refund_failure' ? 'refund_failure' : 'refund',
    source: refund.id,
    description: null,
    availableAfterMs: 0,
  }).id;

export const refundCharge = (account: Account, charge: Charge, { amount, reason, metadata }: RefundAsked): Refund => {
  const asked = checkRefundable(charge, amount);
  const refund: Refund = newRefund({
    id: account.mintId('re'),
    created: account.created(),
    amount: asked,
    charge,
    reason,
    metadata,
  });
  const { outcome, type } = behaviourOf(account, charge.payment_method).card;
  refund.status = type === 'card' ? 'succeeded' : 'pending';
  refund.balance_transaction = moveBack(account, refund, -asked, type === 'card' ? 'refund' : 'payment_refund');
  account.store.put('refund', refund);
  putRefunded(account, charge, asked);
  const fails = outcome.result === 'succeeds' && outcome.refundFails === true;
  if (fails || refund.status === 'pending')
    account.schedule(REFUND_TAKES, {
      name: 'settle_refund',
      refund: refund.id,
      result: fails ? 'failed' : 'succeeded',
    });
  account.emit('refund.created', refund);
  account.emit('charge.refunded', charge);
  return refund;
};

export const settleRefund = (account: Account, id: string, result: 'succeeded' | 'failed'): void => {
  const refund = account.find('refund', id);
  refund.status = result;
  if (result === 'failed') {
    refund.failure_reason = 'expired_or_canceled_card';
    refund.failure_balance_transaction = moveBack(account, refund, refund.amount, 'refund_failure');
    putRefunded(account, account.find('charge', present(refund.charge, 'a refund has its charge')), -refund.amount);
  }
  account.store.put('refund', refund);
  account.emit('refund.updated', refund);
  if (result === 'failed') account.emit('refund.failed', refund);
};
