/**
 * Changes a customer. The external id is what products send and never changes; the
 * currency and time zone are what subscriptions are counted in, so they stand still
 * once there was one. With If-Match the change insists on the version it was read at.
 */
import * as z from 'zod';
import { present } from '#domain/assert.ts';
import type { Address, Customer, PaymentMethod } from '#domain/catalog/customer.ts';
import { canonicalHash } from '#domain/canonical.ts';
import { refuse } from '#domain/refusal.ts';
import { customerChangeBody, customerView as schema } from '#events/api/customers.ts';
import { customerName } from '#events/api/texts.ts';
import { change, type Handle, unchanged, type Write } from '../../handle.ts';
import { absent } from '../absent.ts';
import { operation } from '../operation.ts';
import { customerView, entityTag } from './customer-view.ts';
import { findCustomer } from './find-customer.ts';

type Changes = z.infer<typeof customerChangeBody>;

export const changeCustomer = operation({
  params: z.strictObject({ id: customerName }),
  body: customerChangeBody,
  answers: schema,
  successes: [200],
  handle: async ({ params, body, ifMatch }, { books }) => {
    const customer = await findCustomer(books, params.id);
    if (customer === undefined) return absent;
    const { id } = customer.value;
    const person = present(await books.get('person', id), `customer ${id} has a name`);
    const account = present(await books.get('account', id), `customer ${id} has an account`);
    const tag = entityTag(customer.version, person.version);
    if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== tag) {
      return refuse('precondition_failed', 'The customer has changed since it was read. Read it again.');
    }
    if (body.externalId !== undefined && body.externalId !== customer.value.externalId) {
      return refuse('immutable_field', 'An external id never changes.', '/externalId');
    }
    const counted = (['currency', 'timezone'] as const).find(
      (field) => body[field] !== undefined && body[field] !== customer.value[field],
    );
    if (counted !== undefined && account.value.subscriptions > 0) {
      return refuse('customer_subscribed', 'It stands still once the customer has subscribed.', `/${counted}`);
    }
    if (body.billingEntity !== undefined && (await books.get('billingEntity', body.billingEntity)) === undefined) {
      return refuse('unknown_billing_entity', 'There is no billing entity under this key.', '/billingEntity');
    }
    const next = changed(customer.value, body);
    const nextPerson = {
      ...person.value,
      ...defined({ name: body.name, email: body.email, address: body.address as Address | undefined }),
    };
    const write = [changeOf(customer, next), changeOf(person, nextPerson)];
    return {
      status: 200,
      body: customerView(next, nextPerson),
      headers: { etag: entityTag(versionAfter(write[0], customer), versionAfter(write[1], person)) },
      write: write.some(({ op }) => op === 'change')
        ? [
            ...write,
            ...(counted === undefined ? [] : [changeOf(account, { ...account.value, currency: next.currency })]),
          ]
        : [],
      // Named again while it waits to be saved, it is told of again: the first telling may have been given up.
      tell:
        next.payment !== customer.value.payment || (body.paymentMethod !== undefined && next.payment.state === 'given')
          ? [{ name: 'payment_method.given', data: { customer: id } }]
          : [],
    };
  },
});

const changed = (
  customer: Customer,
  { currency, timezone, billingEntity, netTermsDays, paymentMethod }: Changes,
): Customer => ({
  ...customer,
  ...defined({ currency, timezone, billingEntity, netTermsDays }),
  payment: paymentMethod === undefined ? customer.payment : given(customer.payment, paymentMethod),
});

/** Naming the method that is saved, or on its way, changes nothing; one that was refused is tried again. */
const given = (before: PaymentMethod, paymentMethod: string): PaymentMethod => {
  if (before.state !== 'none' && before.state !== 'refused' && before.paymentMethod === paymentMethod) return before;
  const known = 'providerCustomer' in before ? { providerCustomer: before.providerCustomer } : {};
  return { state: 'given', paymentMethod, ...known };
};

const defined = <Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

/** A record that comes out equal is only held to its version. */
const changeOf = <Kind extends 'customer' | 'person' | 'account'>(
  handle: Handle<Kind>,
  value: Handle<Kind>['value'],
): Write<Kind> => (canonicalHash(value) === canonicalHash(handle.value) ? unchanged(handle) : change(handle, value));

const versionAfter = (write: Write | undefined, { version }: Handle): number =>
  write?.op === 'change' ? version + 1 : version;
