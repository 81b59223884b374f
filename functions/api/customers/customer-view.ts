/** A customer as the API shows it, with the version a change can insist on. */
import type * as z from 'zod';
import type { Customer, Person } from '#domain/catalog/customer.ts';
import type { customerView as schema } from '#events/api/customers.ts';

export const customerView = (
  { payment, ...customer }: Customer,
  { name, email, address }: Pick<Person, 'name' | 'email' | 'address'>,
): z.input<typeof schema> => ({
  ...customer,
  name,
  email,
  address,
  payment: {
    state: payment.state,
    ...('paymentMethod' in payment ? { paymentMethod: payment.paymentMethod } : {}),
    ...('because' in payment ? { because: payment.because } : {}),
  },
});

/** A customer is two records, so its version is theirs. */
export const entityTag = (customerVersion: number, personVersion: number): string =>
  `"${String(customerVersion)}.${String(personVersion)}"`;
