/**
 * From what a request names as its payment method to one that may be used: a test
 * token makes a new one each time, as at Stripe, and one that belongs to another
 * customer, was detached or was already used without a customer is refused.
 */
import { present } from '#domain/assert.ts';
import type { Account } from '../account/account.ts';
import type { TestBehaviour } from '../account/kinds.ts';
import { invalidRequest } from '../api/errors.ts';
import { type BillingDetails, type Metadata, noBillingDetails } from '../objects/parts.ts';
import { newPaymentMethod, type PaymentMethod } from '../objects/payment-method.ts';
import { testPaymentMethod, type TestPaymentMethod } from '../test-payment-methods.ts';

export const makeMethod = (
  account: Account,
  token: string,
  billingDetails: BillingDetails = noBillingDetails,
  metadata: Metadata = {},
): PaymentMethod => {
  const { type, last4, brand = 'visa' } = present(testPaymentMethod(token), `${token} is a known test token`);
  const method = newPaymentMethod({
    id: account.mintId('pm'),
    created: account.created(),
    ...{ type, last4, brand, billingDetails, metadata },
    expiryYear: new Date(account.now()).getUTCFullYear() + 3,
  });
  account.store.put('payment_method', method);
  account.store.put('test_behaviour', { id: method.id, token, attempts: 0, spent: false });
  return method;
};

/** The payment method of this id, or a new one where it is a test token. */
export const resolveMethod = (account: Account, named: string): PaymentMethod =>
  testPaymentMethod(named) ? makeMethod(account, named) : account.find('payment_method', named, 'payment_method');

export const behaviourOf = (account: Account, method: string): TestBehaviour & { card: TestPaymentMethod } => {
  const behaviour = present(account.store.get('test_behaviour', method), 'every payment method has its behaviour');
  return { ...behaviour, card: present(testPaymentMethod(behaviour.token), 'a behaviour names a known token') };
};

const remember = (
  account: Account,
  method: string,
  change: Partial<Pick<TestBehaviour, 'attempts' | 'spent'>>,
): void => {
  const { card: _, ...behaviour } = behaviourOf(account, method);
  account.store.put('test_behaviour', { ...behaviour, ...change });
};

export const spend = (account: Account, method: string): void => remember(account, method, { spent: true });

/** Counts one attempt and answers how many there were before. */
export const countAttempt = (account: Account, method: string): number => {
  const { attempts } = behaviourOf(account, method);
  remember(account, method, { attempts: attempts + 1 });
  return attempts;
};

export const attach = (account: Account, method: PaymentMethod, customer: string): PaymentMethod => {
  method.customer = account.find('customer', customer, 'customer').id;
  account.store.put('payment_method', method);
  account.emit('payment_method.attached', method);
  return method;
};

export const checkUsable = (account: Account, method: PaymentMethod, customer: string | null): void => {
  if (behaviourOf(account, method.id).spent)
    invalidRequest(
      'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
      { param: 'payment_method', code: 'payment_method_unexpected_state' },
    );
  if (method.customer === null || method.customer === customer) return;
  if (customer === null)
    invalidRequest(
      'The payment method you provided is attached to a customer so for security purposes you must provide the customer in the request.',
      { param: 'payment_method' },
    );
  invalidRequest(
    `The customer does not have a payment method with the ID ${method.id}. The payment method must be attached to the customer.`,
    { param: 'payment_method', code: 'resource_missing' },
  );
};
