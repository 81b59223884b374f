/** `/v1/customers`: create, read, change, delete, list, search. Deleting keeps a stub and detaches payment methods, as at Stripe. */
import type { Account } from '../account/account.ts';
import { invalidRequest, noSuch } from '../api/errors.ts';
import { pageOf, paging } from '../api/list.ts';
import { clearable, mergeMetadata, metadata, object, type Params, range, text } from '../api/params.ts';
import { route } from '../api/route.ts';
import { searchFor, searching } from '../api/search.ts';
import { type Customer, type DeletedCustomer, deletedCustomer, newCustomer } from '../objects/customer.ts';
import { spend } from '../payments/use-method.ts';
import { addressShape, readAddress } from './billing-details.ts';

const fields = {
  email: clearable,
  name: clearable,
  phone: clearable,
  description: clearable,
  address: object(addressShape),
  metadata,
  invoice_settings: object({ default_payment_method: clearable }),
};

const checkDefault = (account: Account, customer: string | undefined, method: string | null | undefined): void => {
  if (method === null || method === undefined) return;
  const found = account.store.get('payment_method', method);
  if (found === undefined || found.customer === null || found.customer !== customer)
    invalidRequest(
      `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
      { param: 'invoice_settings[default_payment_method]', code: 'resource_missing' },
    );
};

const create = (account: Account, params: Params<typeof fields>): Customer => {
  checkDefault(account, undefined, params.invoice_settings?.default_payment_method);
  const { email = null, name = null, phone = null, description = null } = params;
  const customer = newCustomer({
    id: account.mintId('cus'),
    created: account.created(),
    ...{ email, name, phone, description, defaultPaymentMethod: null },
    address: params.address ? readAddress(params.address) : null,
    metadata: mergeMetadata({}, params.metadata),
  });
  account.store.put('customer', customer);
  account.emit('customer.created', customer);
  return customer;
};

const update = (account: Account, id: string, params: Params<typeof fields>): Customer => {
  const customer = account.find('customer', id);
  const method = params.invoice_settings?.default_payment_method;
  checkDefault(account, id, method);
  const { email = customer.email, name = customer.name, phone = customer.phone } = params;
  const changed: Customer = {
    ...customer,
    ...{ email, name, phone },
    description: params.description === undefined ? customer.description : params.description,
    address: params.address ? readAddress(params.address, customer.address) : customer.address,
    metadata: mergeMetadata(customer.metadata, params.metadata),
    invoice_settings: {
      ...customer.invoice_settings,
      default_payment_method: method === undefined ? customer.invoice_settings.default_payment_method : method,
    },
  };
  account.store.put('customer', changed);
  account.emit('customer.updated', changed);
  return changed;
};

const remove = (account: Account, id: string): DeletedCustomer => {
  const customer = account.find('customer', id);
  for (const method of [...account.store.all('payment_method')].filter((held) => held.customer === id)) {
    account.store.put('payment_method', { ...method, customer: null });
    spend(account, method.id);
  }
  account.store.remove('customer', id);
  account.store.put('deleted_customer', deletedCustomer(id));
  account.emit('customer.deleted', customer);
  return deletedCustomer(id);
};

export const customerRoutes = [
  route('POST', '/v1/customers', fields, ({ account, params }) => create(account, params)),
  route('GET', '/v1/customers', { ...paging, email: text, created: range }, ({ account, path, params }) =>
    pageOf(
      account,
      'customer',
      path,
      params,
      (row) => (params.email === undefined || row.email === params.email) && (params.created?.(row.created) ?? true),
    ),
  ),
  route('GET', '/v1/customers/search', searching, ({ account, path, params }) =>
    searchFor(account, 'customer', path, params, ['created', 'email', 'metadata', 'name', 'phone']),
  ),
  route(
    'GET',
    '/v1/customers/:id',
    {},
    ({ account, id }) =>
      account.store.get('customer', id) ?? account.store.get('deleted_customer', id) ?? noSuch('customer', id),
  ),
  route('POST', '/v1/customers/:id', fields, ({ account, id, params }) => update(account, id, params)),
  route('DELETE', '/v1/customers/:id', {}, ({ account, id }) => remove(account, id)),
];
