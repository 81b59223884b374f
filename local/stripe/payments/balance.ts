/** The balance Stripe holds for us: every movement is one balance transaction, and the balance is their sum. */
import type { Account } from '../account/account.ts';
import {
  type BalanceTransaction,
  type BalanceTransactionFields,
  newBalanceTransaction,
} from '../objects/balance-transaction.ts';

type Movement = Omit<BalanceTransactionFields, 'id' | 'created' | 'availableOn'> & {
  readonly availableAfterMs: number;
};

export const recordBalance = (account: Account, { availableAfterMs, ...movement }: Movement): BalanceTransaction => {
  const transaction = newBalanceTransaction({
    id: account.mintId('txn'),
    created: account.created(),
    availableOn: account.created() + availableAfterMs / 1000,
    ...movement,
  });
  account.store.put('balance_transaction', transaction);
  return transaction;
};

export interface Held {
  readonly currency: string;
  available: number;
  pending: number;
}

export const heldByCurrency = (account: Account): Held[] => {
  const held = new Map<string, Held>();
  for (const { currency, net, available_on } of account.store.all('balance_transaction')) {
    const sums = held.get(currency) ?? { currency, available: 0, pending: 0 };
    sums[available_on <= account.created() ? 'available' : 'pending'] += net;
    held.set(currency, sums);
  }
  return [...held.values()];
};
