/** One customer, and the list of them, the newest first. */
import * as z from 'zod';
import { present } from '#domain/assert.ts';
import type { Customer } from '#domain/catalog/customer.ts';
import { isRefusal } from '#domain/refusal.ts';
import { customerView as schema } from '#events/api/customers.ts';
import { pageOf, pageQuery } from '#events/api/page.ts';
import { customerName, exactText } from '#events/api/texts.ts';
import type { Books } from '../../ports.ts';
import { absent } from '../absent.ts';
import { operation } from '../operation.ts';
import { indexPage } from '../pages.ts';
import { customerView, entityTag } from './customer-view.ts';
import { findCustomer } from './find-customer.ts';

export const readCustomer = operation({
  params: z.strictObject({ id: customerName }),
  answers: schema,
  successes: [200],
  handle: async ({ params }, { books }) => {
    const customer = await findCustomer(books, params.id);
    if (customer === undefined) return absent;
    const { id } = customer.value;
    const person = present(await books.get('person', id), `customer ${id} has a name`);
    return {
      status: 200,
      body: customerView(customer.value, person.value),
      headers: { etag: entityTag(customer.version, person.version) },
    };
  },
});

export const listCustomers = operation({
  query: z.strictObject({
    ...pageQuery,
    externalId: exactText.optional().meta({ description: 'Only the customer of this external id.' }),
  }),
  answers: pageOf(schema),
  successes: [200],
  handle: async (request, { books }) => {
    const { externalId } = request.query;
    if (externalId !== undefined) {
      const found = await findCustomer(books, externalId);
      return {
        status: 200,
        body: { data: await shown(books, found === undefined ? [] : [found.value]), nextCursor: null },
      };
    }
    const page = await indexPage(books, 'customer', request);
    if (isRefusal(page)) return page;
    const customers = (await books.getAll('customer', page.sorts)).map(({ value }) => value);
    return { status: 200, body: { data: await shown(books, customers), nextCursor: page.nextCursor } };
  },
});

const shown = async (books: Books, customers: readonly Customer[]) => {
  const people = new Map(
    (
      await books.getAll(
        'person',
        customers.map(({ id }) => id),
      )
    ).map(({ key, value }) => [key, value]),
  );
  return customers.map((customer) =>
    customerView(customer, present(people.get(customer.id), `customer ${customer.id} has a name`)),
  );
};
