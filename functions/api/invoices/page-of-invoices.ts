/**
 * A page of invoices, the newest first. Of one customer they are read whole; of all
 * they are found by the index, and a status is looked for over a bounded stretch of
 * it: such a page may be short, or empty, and still name the next one.
 */
import type { Invoice } from '#domain/invoicing/invoice.ts';
import { isRefusal } from '#domain/refusal.ts';
import type { Books } from '../../ports.ts';
import { invoiceId, subscriptionId } from '../../records/document-id.ts';
import { idIn, pageOfAll, type PageRequest, usualLimit } from '../pages.ts';
import type { ApiRefusal } from '../refusals.ts';

interface InvoicePage {
  readonly invoices: readonly Invoice[];
  readonly nextCursor: string | null;
}

/** How many index pages of 100 one request looks through for a status. */
const mostLooks = 10;

export const pageOfInvoices = async (
  books: Books,
  request: PageRequest,
  customer: string | undefined,
  status: Invoice['status']['state'] | undefined,
): Promise<InvoicePage | ApiRefusal> => {
  const isWanted = (invoice: Invoice): boolean => status === undefined || invoice.status.state === status;
  if (customer === undefined) return foundInIndex(books, request, isWanted);
  const theirs = (await books.list(['invoice'], invoiceId(subscriptionId(customer, 0), 0))).map(({ value }) => value);
  const page = pageOfAll(theirs.filter(isWanted), placeOf, request, 'descending');
  return isRefusal(page) ? page : { invoices: page.page, nextCursor: page.nextCursor };
};

const placeOf = ({ createdAt, id }: Invoice): string => `${createdAt}#${id}`;

const foundInIndex = async (
  books: Books,
  { query, cursors }: PageRequest,
  isWanted: (invoice: Invoice) => boolean,
): Promise<InvoicePage | ApiRefusal> => {
  const limit = query.limit ?? usualLimit;
  const invoices: Invoice[] = [];
  let after = cursors.after();
  if (isRefusal(after)) return after;
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const hints = await books.index('invoice', {
      limit: 100,
      newestFirst: true,
      ...(after === undefined ? {} : { after }),
    });
    const found = (await books.getAll('invoice', hints.sorts.map(idIn))).map(({ value }) => value);
    for (const [i, invoice] of found.entries()) {
      if (isWanted(invoice)) invoices.push(invoice);
      const isLast = i === found.length - 1 && hints.next === null;
      if (invoices.length === limit) return { invoices, nextCursor: isLast ? null : cursors.make(placeOf(invoice)) };
    }
    if (hints.next === null) return { invoices, nextCursor: null };
    after = hints.next;
  }
  return { invoices, nextCursor: after === undefined ? null : cursors.make(after) };
};
