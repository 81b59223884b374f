/**
 * A double of Stripe with a clock to move and the real stripe-node client in front
 * of it, over HTTP on loopback, without retries of the client's own.
 */
import Stripe from 'stripe';
import { createStripeDouble, type StripeDouble, type StripeDoubleOptions } from '#local/stripe/double.ts';
import { serveStripe } from '#local/stripe/serve-stripe.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface StripeAtHand {
  readonly stripe: Stripe;
  readonly double: StripeDouble;
  readonly url: string;
  readonly clock: { at: number };
  /** Lives every instant up to the one this far ahead. */
  pass(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

export const clientAt = (url: string, timeout = 2_000): Stripe => {
  const { hostname: host, port } = new URL(url);
  return new Stripe('sk_test_countinghouse', {
    ...{ host, port, protocol: 'http', timeout },
    maxNetworkRetries: 0,
    telemetry: false,
  });
};

export const stripeAtHand = async (
  options: Partial<StripeDoubleOptions> = {},
  timeout?: number,
): Promise<StripeAtHand> => {
  const clock = { at: Date.parse('2026-11-02T09:00:00Z') };
  const double = createStripeDouble({ now: () => clock.at, ...options });
  const served = await serveStripe({ double });
  return {
    stripe: clientAt(served.url, timeout),
    double,
    url: served.url,
    clock,
    pass: async (milliseconds) => {
      const until = clock.at + milliseconds;
      for (let next = double.nextDueAt(); next !== undefined && next <= until; next = double.nextDueAt()) {
        clock.at = Math.max(clock.at, next);
        await double.runDue();
      }
      clock.at = until;
    },
    close: async () => {
      await served.close();
      await double.close();
    },
  };
};

/** The Stripe error a call ends with; fails where it succeeds. */
export const refusal = async (call: Promise<unknown>): Promise<Stripe.errors.StripeError> => {
  const error = await call.then(
    () => new Error('Stripe accepted what it should refuse'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof Stripe.errors.StripeError) return error;
  throw error;
};

/**
 * The double, or the Stripe sandbox of `STRIPE_SECRET_KEY` where that is set: for the suites that ask only
 * what holds at both.
 */
export const stripeOrSandbox = async (): Promise<Pick<StripeAtHand, 'stripe' | 'close'>> => {
  const key = process.env['STRIPE_SECRET_KEY'];
  return key === undefined
    ? stripeAtHand()
    : { stripe: new Stripe(key, { maxNetworkRetries: 0, timeout: 10_000 }), close: () => Promise.resolve() };
};

/** A new customer with this test payment method saved, as parameters of a payment. */
export const customerWith = async (stripe: Stripe, token: string) => {
  const customer = await stripe.customers.create({ email: 'ada@example.com', metadata: { account: 'acme' } });
  const method = await stripe.paymentMethods.attach(token, { customer: customer.id });
  return { customer: customer.id, payment_method: method.id };
};
