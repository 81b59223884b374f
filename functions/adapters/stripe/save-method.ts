/**
 * Saves a payment method at Stripe. Stripe answers a key for a day at least with what it
 * answered first, a failure of its own included, so a key that got one is of no use any
 * more: where it is replayed to us we look whether the thing was done after all, and
 * else ask under the next key. No money moves here; the worst there can be is a second,
 * empty customer at Stripe.
 */
import { Stripe } from 'stripe';
import type { Payments } from '../../ports.ts';

type Given = Parameters<Payments['saveMethod']>[0];

export const saveMethod = async (
  stripe: Stripe,
  { customer, paymentMethod, providerCustomer }: Given,
): Promise<{ readonly providerCustomer: string; readonly paymentMethod: string }> => {
  const holder = providerCustomer ?? (await customerOf(stripe, customer));
  const saved = await underUsableKey(
    `attach-${holder}-${paymentMethod}`,
    async (idempotencyKey) =>
      (await stripe.paymentMethods.attach(paymentMethod, { customer: holder }, { idempotencyKey })).id,
    async () => {
      const { data } = await stripe.customers.listPaymentMethods(holder, { limit: 100 });
      return data.find(({ id }) => id === paymentMethod)?.id;
    },
  );
  return { providerCustomer: holder, paymentMethod: saved };
};

const customerOf = (stripe: Stripe, customer: string): Promise<string> =>
  underUsableKey(
    `customer-${customer}`,
    async (idempotencyKey) => (await stripe.customers.create({ metadata: { customer } }, { idempotencyKey })).id,
    async () => {
      const { data } = await stripe.customers.search({ query: `metadata['customer']:'${customer}'`, limit: 1 });
      return data[0]?.id;
    },
  );

/** More than a message has deliveries, each of which can use up one. */
const mostKeys = 50;

const underUsableKey = async (
  key: string,
  ask: (key: string) => Promise<string>,
  find: () => Promise<string | undefined>,
): Promise<string> => {
  for (let n = 1; ; n += 1) {
    try {
      return await ask(n === 1 ? key : `${key}-${String(n)}`);
    } catch (error) {
      if (!isReplayedFailure(error) || n === mostKeys) throw error;
      const found = n === 1 ? await find() : undefined;
      if (found !== undefined) return found;
    }
  }
};

const isReplayedFailure = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeAPIError && error.headers?.['idempotent-replayed'] === 'true';
