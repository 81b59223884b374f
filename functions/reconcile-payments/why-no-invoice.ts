/**
 * Why a payment's invoice is not in restored books: its period is to be billed again yet,
 * or it never will be, and then a person has to say what the money was for.
 */
import type { Placing } from '#domain/restore/reconciliation.ts';
import { billedPeriodOf, customerOf } from '../records/document-id.ts';
import type { Books } from '../ports.ts';

export const whyNoInvoice = async (
  invoice: string,
  books: Books,
): Promise<{ readonly state: Exclude<Placing['state'], 'placed'>; readonly because: string }> => {
  const period = billedPeriodOf(invoice);
  if ((await books.get('customer', customerOf(invoice))) === undefined)
    return { state: 'for_a_person', because: 'The books do not have its customer.' };
  if ((await books.get('subscription', period.subscription)) === undefined)
    return { state: 'for_a_person', because: 'The books do not have its subscription.' };
  const closed = await books.get('closedPeriod', period);
  return closed?.value.invoice === null
    ? { state: 'for_a_person', because: 'This time there was nothing to bill in its period.' }
    : { state: 'waiting', because: 'Its invoice is not final in these books yet.' };
};
