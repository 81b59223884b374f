/** A customer by id, or by the id it has in the sender's own systems. */
import { isRefusal, refuse } from '#domain/refusal.ts';
import { customerId } from '#events/api/texts.ts';
import type { Handle } from '../../handle.ts';
import type { Books } from '../../ports.ts';
import type { ApiRefusal } from '../refusals.ts';

export const findCustomer = async (books: Books, name: string): Promise<Handle<'customer'> | undefined> => {
  if (customerId.safeParse(name).success) return books.get('customer', name);
  const reference = await books.get('reference', { kind: 'customer_external_id', value: name });
  return reference === undefined ? undefined : books.get('customer', reference.value.names);
};

/** The customer a request names, or the refusal that says where it does. */
export const namedCustomer = async (books: Books, name: string): Promise<Handle<'customer'> | ApiRefusal> => {
  const customer = await findCustomer(books, name);
  return customer ?? refuse('unknown_customer', 'There is no customer of this id or external id.', '/customer');
};

/** The same as a filter of a list: of a customer we do not have there is nothing to list. */
export const filterCustomer = async (
  books: Books,
  name: string | undefined,
): Promise<string | undefined | ApiRefusal> => {
  if (name === undefined) return undefined;
  const customer = await namedCustomer(books, name);
  if (!isRefusal(customer)) return customer.value.id;
  return { refused: customer.refused, because: customer.because, parameter: 'customer' };
};
