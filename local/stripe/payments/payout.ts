/**
 * Payouts: an automatic one carries everything available in its currency and can
 * be listed item by item, a manual one carries an amount and cannot. Both leave
 * the balance at once, arrive two days later, and can still fail.
 */
import { type Account, DAY } from '../account/account.ts';
import { invalidRequest } from '../api/errors.ts';
import type { Metadata } from '../objects/parts.ts';
import { newPayout, type Payout } from '../objects/payout.ts';
import { heldByCurrency, recordBalance } from './balance.ts';

const ARRIVES_AFTER = 2 * DAY;

interface PayoutAsked {
  readonly amount: number;
  readonly currency: string;
  readonly automatic: boolean;
  readonly metadata: Metadata;
}

const move = (account: Account, payout: Payout, amount: number, type: 'payout' | 'payout_failure'): string =>
  recordBalance(account, {
    amount,
    fee: 0,
    currency: payout.currency,
    type,
    category: type === 'payout' ? 'payout' : 'payout_reversal',
    source: payout.id,
    description: payout.description,
    availableAfterMs: 0,
  }).id;

const sendPayout = (account: Account, asked: PayoutAsked): Payout => {
  const arrivalDate = account.created() + ARRIVES_AFTER / 1000;
  const payout = newPayout({ id: account.mintId('po'), created: account.created(), arrivalDate, ...asked });
  payout.balance_transaction = move(account, payout, -payout.amount, 'payout');
  account.store.put('payout', payout);
  account.schedule(ARRIVES_AFTER, { name: 'arrive_payout', payout: payout.id });
  account.emit('payout.created', payout);
  return payout;
};

export const payOutAmount = (account: Account, amount: number, currency: string, metadata: Metadata): Payout => {
  const available = heldByCurrency(account).find((held) => held.currency === currency)?.available ?? 0;
  return amount >= 1 && amount <= available
    ? sendPayout(account, { amount, currency, automatic: false, metadata })
    : invalidRequest('You have insufficient funds in your Stripe account for this transfer.', {
        code: 'balance_insufficient',
        param: 'amount',
      });
};

/** One automatic payout a currency that holds something; what it carries is marked as paid out. */
export const payOutAvailable = (account: Account): Payout[] =>
  heldByCurrency(account)
    .filter(({ available }) => available > 0)
    .map(({ currency, available }) => {
      const carried = [...account.store.all('balance_transaction')].filter(
        (item) =>
          item.currency === currency &&
          item.available_on <= account.created() &&
          account.store.get('paid_out', item.id) === undefined,
      );
      const payout = sendPayout(account, { amount: available, currency, automatic: true, metadata: {} });
      for (const id of [...carried.map((item) => item.id), payout.balance_transaction ?? ''])
        account.store.put('paid_out', { id, payout: payout.id });
      return payout;
    });

export const arrivePayout = (account: Account, id: string): void => {
  const payout = account.find('payout', id);
  if (payout.status !== 'in_transit') return;
  payout.status = 'paid';
  account.store.put('payout', payout);
  account.emit('payout.paid', payout);
};

/** The bank sends the money back, as it can even after it arrived. */
export const failPayout = (account: Account, id: string): Payout => {
  const payout = account.find('payout', id);
  if (payout.status === 'failed') return invalidRequest(`Payout ${id} has already failed.`);
  payout.status = 'failed';
  payout.failure_code = 'account_closed';
  payout.failure_message = 'The bank account has been closed';
  payout.failure_balance_transaction = move(account, payout, payout.amount, 'payout_failure');
  account.store.put('payout', payout);
  account.emit('payout.failed', payout);
  return payout;
};
