/**
 * Saves a payment method a customer gave at the provider, so that it can be charged
 * without them. Saving moves no money and carries permanent keys, so an outcome
 * nobody knows is simply tried again; what is open is charged by the next chase.
 */
import type { PaymentMethod } from '#domain/catalog/customer.ts';
import { Outage } from '#domain/outage.ts';
import { refuse } from '#domain/refusal.ts';
import { change } from '../handle.ts';
import type { SaveOutcome } from '../ports.ts';
import { nothingToDo, type OutsideStep } from '../step.ts';

interface Call {
  readonly customer: string;
  readonly paymentMethod: string;
  readonly providerCustomer?: string;
}

export const savePaymentMethod: OutsideStep<'save-payment-method', Call, SaveOutcome> = {
  async claim({ data }, { books }) {
    const customer = await books.get('customer', data.customer);
    if (customer === undefined) return refuse('unknown_customer', `There is no customer ${data.customer}.`);
    const { payment } = customer.value;
    return payment.state === 'given' ? { call: callFor(data.customer, payment) } : nothingToDo;
  },

  act: (call, { payments }) => payments.saveMethod(call),

  async record({ customer: id, paymentMethod: given }, outcome, { books }) {
    if (outcome.state === 'unknown') throw new Outage(`whether ${given} of ${id} is saved: ${outcome.because}`);
    const customer = await books.get('customer', id);
    // Another card may have been given meanwhile; then this one no longer matters.
    if (customer?.value.payment.state !== 'given' || customer.value.payment.paymentMethod !== given) return nothingToDo;
    const { providerCustomer } = customer.value.payment;
    const payment: PaymentMethod =
      outcome.state === 'ok'
        ? { state: 'saved', ...outcome.value }
        : {
            state: 'refused',
            paymentMethod: given,
            because: outcome.because,
            ...(providerCustomer === undefined ? {} : { providerCustomer }),
          };
    return { write: [change(customer, { ...customer.value, payment })] };
  },
};

const callFor = (
  customer: string,
  { paymentMethod, providerCustomer }: PaymentMethod & { readonly state: 'given' },
): Call => ({
  customer,
  paymentMethod,
  ...(providerCustomer === undefined ? {} : { providerCustomer }),
});
