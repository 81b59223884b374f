/** Disputes: the bank takes the money back with a fee of 15.00 at once, and a dispute won brings the money, not the fee. */
import type { Account } from '../account/account.ts';
import { invalidRequest } from '../api/errors.ts';
import { type Dispute, newDispute } from '../objects/dispute.ts';
import { recordBalance } from './balance.ts';

const DISPUTE_FEE = 1_500;

const move = (account: Account, dispute: Dispute, amount: number, fee: number): void => {
  const category = amount < 0 ? 'dispute' : 'dispute_reversal';
  const { id: source, currency, charge } = dispute;
  const description = `Chargeback ${amount < 0 ? 'withdrawal' : 'reversal'} for ${charge}`;
  dispute.balance_transactions.push(
    recordBalance(account, {
      amount,
      fee,
      currency,
      type: 'adjustment',
      category,
      source,
      description,
      availableAfterMs: 0,
    }),
  );
  account.store.put('dispute', dispute);
};

/** `amount` defaults to what the charge still holds. */
export const openDispute = (account: Account, chargeId: string, reason: string, amount?: number): Dispute => {
  const charge = account.find('charge', chargeId);
  const left = charge.amount_captured - charge.amount_refunded;
  const taken = amount ?? left;
  if (charge.disputed || taken < 1 || taken > left)
    return invalidRequest(
      `Charge ${charge.id} holds ${left} and ${charge.disputed ? 'is' : 'is not'} disputed: cannot dispute ${taken}.`,
    );
  const dispute = newDispute({ id: account.mintId('du'), created: account.created(), amount: taken, reason, charge });
  move(account, dispute, -taken, DISPUTE_FEE);
  charge.disputed = true;
  account.store.put('charge', charge);
  account.emit('charge.dispute.created', dispute);
  account.emit('charge.dispute.funds_withdrawn', dispute);
  return dispute;
};

export const closeDispute = (account: Account, id: string, result: 'won' | 'lost'): Dispute => {
  const dispute = account.find('dispute', id);
  if (dispute.status !== 'needs_response')
    return invalidRequest(`This dispute is already closed as ${dispute.status}.`);
  dispute.status = result;
  account.store.put('dispute', dispute);
  if (result === 'won') {
    move(account, dispute, dispute.amount, 0);
    account.emit('charge.dispute.funds_reinstated', dispute);
  }
  account.emit('charge.dispute.closed', dispute);
  return dispute;
};
