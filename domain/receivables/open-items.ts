/** How an account's open items come and go: an invoice is owed once it is final, and gone once it is paid in full. */
import { assert } from '../assert.ts';
import type { Invoice } from '../invoicing/invoice.ts';
import type { Money } from '../money/money.ts';
import type { Account } from './account.ts';

/** The account with these invoices among its open items. */
export const openItems = (account: Account, invoices: readonly Invoice[]): Account => ({
  ...account,
  openItems: [
    ...account.openItems,
    ...invoices.map(({ id, total, status }) => {
      assert(status.state === 'final', `invoice ${id} is final before it is owed`);
      return { invoice: id, number: status.number, open: total, dueOn: status.dueOn };
    }),
  ],
});

/** The account once one of its invoices is paid in full. */
export const closeItem = (account: Account, invoice: string, paid: Money): Account => {
  const item = account.openItems.find((open) => open.invoice === invoice);
  assert(item !== undefined, `${invoice} is an open item of ${account.customer}`);
  assert(item.open.minor === paid.minor && item.open.currency === paid.currency, `${invoice} is paid to the cent`);
  return { ...account, openItems: account.openItems.filter((open) => open !== item) };
};
