/**
 * Ids that carry their customer: `cus_{code}`, `sub_{code}_{k}`, `inv_{code}_{k}_{n}`.
 * So any document is one strong read without an index, and the invoice of a period
 * has the same id however often it is made.
 */
import { assert } from '#domain/assert.ts';

const shape = /^(cus|sub|inv)_([0-9a-z]{20})(?:_(\d+))?(?:_(\d+))?$/;

/** The customer id that a subscription's or invoice's id carries; undefined where the text is no such id. */
const customerIn = (id: string): string | undefined => {
  const code = shape.exec(id)?.[2];
  return code === undefined ? undefined : `cus_${code}`;
};

export const customerOf = (id: string): string => {
  const customer = customerIn(id);
  assert(customer !== undefined, `${id} carries its customer's code`);
  return customer;
};

export const subscriptionId = (customer: string, k: number): string =>
  `${customer.replace('cus_', 'sub_')}_${String(k)}`;

/** The subscription and the period that an invoice's id carries. */
export const billedPeriodOf = (invoice: string): { readonly subscription: string; readonly n: number } => {
  const [, code = '', k = '', n] = /^inv_([0-9a-z]{20})_(\d+)_(\d+)$/.exec(invoice) ?? [];
  assert(n !== undefined, `${invoice} carries its subscription and period`);
  return { subscription: `sub_${code}_${k}`, n: Number(n) };
};

export const invoiceId = (subscription: string, n: number): string =>
  `${subscription.replace('sub_', 'inv_')}_${String(n)}`;
