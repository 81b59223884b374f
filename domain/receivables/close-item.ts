/** The account once one of its invoices is paid in full: the open item is gone. */
import { assert } from '../assert.ts';
import type { Money } from '../money/money.ts';
import type { Account } from './account.ts';

export const closeItem = (account: Account, invoice: string, paid: Money): Account => {
  const item = account.openItems.find((open) => open.invoice === invoice);
  assert(item !== undefined, `${invoice} is an open item of ${account.customer}`);
  assert(item.open.minor === paid.minor && item.open.currency === paid.currency, `${invoice} is paid to the cent`);
  return { ...account, openItems: account.openItems.filter((open) => open !== item) };
};
