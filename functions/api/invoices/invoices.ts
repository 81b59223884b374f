/** Invoices: the list, one whole, its PDF, and the trace that explains every line. */
import * as z from 'zod';
import { present } from '#domain/assert.ts';
import type { Invoice, InvoiceBody } from '#domain/invoicing/invoice.ts';
import { collectionOf } from '#domain/payments/collection.ts';
import { isRefusal } from '#domain/refusal.ts';
import { invoiceView, invoiceWithLines, traceView } from '#events/api/invoices.ts';
import { pageOf, pageQuery } from '#events/api/page.ts';
import { customerName, invoiceId } from '#events/api/texts.ts';
import type { Books } from '../../ports.ts';
import { refuse } from '#domain/refusal.ts';
import { absent } from '../absent.ts';
import { filterCustomer } from '../customers/find-customer.ts';
import { operation } from '../operation.ts';
import { headView, wholeView } from './invoice-views.ts';
import { pageOfInvoices } from './page-of-invoices.ts';
import { traceOf } from './trace.ts';

export const listInvoices = operation({
  query: z.strictObject({
    ...pageQuery,
    customer: customerName.optional(),
    status: z.enum(['draft', 'final', 'paid', 'void']).optional(),
  }),
  answers: pageOf(invoiceView),
  successes: [200],
  handle: async (request, { books }) => {
    const customer = await filterCustomer(books, request.query.customer);
    if (isRefusal(customer)) return customer;
    const page = await pageOfInvoices(books, request, customer, request.query.status);
    return isRefusal(page)
      ? page
      : { status: 200, body: { data: page.invoices.map(headView), nextCursor: page.nextCursor } };
  },
});

const params = z.strictObject({ id: invoiceId });

export const readInvoice = operation({
  params,
  answers: invoiceWithLines,
  successes: [200],
  handle: async ({ params: { id } }, { books }) => {
    const invoice = (await books.get('invoice', id))?.value;
    if (invoice === undefined) return absent;
    const attempts = Array.from({ length: invoice.attempts }, (_, i) => ({ invoice: id, n: i + 1 }));
    const made = (await books.getAll('attempt', attempts)).map(({ value }) => value);
    const customer = present(await books.get('customer', invoice.customer), `the customer of ${id} exists`).value;
    const collection = collectionOf(invoice, customer.payment);
    return { status: 200, body: wholeView(invoice, await bodyOf(books, invoice), made, collection) };
  },
});

export const readInvoicePdf = operation({
  params,
  answers: 'application/pdf',
  successes: [200],
  handle: async ({ params: { id } }, { books, documents }) => {
    const invoice = (await books.get('invoice', id))?.value;
    if (invoice === undefined) return absent;
    const name = 'number' in invoice.status ? invoice.status.number : undefined;
    if (name === undefined) return refuse('invoice_not_issued', 'A draft has no number yet, and so no PDF.');
    return {
      status: 200,
      body: await documents.invoicePdf(invoice, await bodyOf(books, invoice)),
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${name.replaceAll(/[^\w-]/g, '_')}.pdf"`,
      },
    };
  },
});

export const traceInvoice = operation({
  params,
  answers: traceView,
  successes: [200],
  handle: async ({ params: { id } }, { books }) => {
    const invoice = (await books.get('invoice', id))?.value;
    return invoice === undefined
      ? absent
      : { status: 200, body: await traceOf(books, invoice, await bodyOf(books, invoice)) };
  },
});

const bodyOf = async (books: Books, { body }: Invoice): Promise<InvoiceBody> => (await books.part(body)) as InvoiceBody;
