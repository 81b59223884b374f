/**
 * Which amounts Stripe takes and gives back, and how often for one key, asked through the real stripe-node client.
 * Everything here is meant to hold at Stripe too: with `STRIPE_SECRET_KEY=sk_test_…`
 * set, the same suite asks a Stripe sandbox instead of the double.
 */
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customerWith, refusal, stripeOrSandbox } from './stripe-at-hand.ts';

let stripe: Stripe;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ stripe, close } = await stripeOrSandbox());
});
afterAll(() => close());

const newKey = () => `key-${Math.random().toString(36).slice(2)}`;

const charge = (given: Partial<Stripe.PaymentIntentCreateParams>) =>
  stripe.paymentIntents.create({ amount: 2_000, currency: 'usd', confirm: true, off_session: true, ...given });

describe('amounts', () => {
  test.each([
    [49, 'usd', 'amount_too_small'],
    [29, 'gbp', 'amount_too_small'],
    [49, 'jpy', 'amount_too_small'],
    [1_499, 'czk', 'amount_too_small'],
    [17_499, 'huf', 'amount_too_small'],
    [100_000_000, 'usd', 'amount_too_large'],
    [0, 'usd', 'parameter_invalid_integer'],
  ])('%i %s are refused: %s', async (amount, currency, code) => {
    expect((await refusal(stripe.paymentIntents.create({ amount, currency }))).code).toBe(code);
  });

  test.each([
    [50, 'usd'],
    [30, 'gbp'],
    [50, 'jpy'],
    [5_120, 'kwd'],
    [500, 'ugx'],
  ])('%i %s are taken', async (amount, currency) => {
    expect((await stripe.paymentIntents.create({ amount, currency })).amount).toBe(amount);
  });

  test('of three places end in 0', async () => {
    const error = await refusal(stripe.paymentIntents.create({ amount: 5_124, currency: 'kwd' }));
    expect(error).toMatchObject({ statusCode: 400, param: 'amount' });
  });

  test('are in currencies Stripe knows', async () => {
    const error = await refusal(stripe.paymentIntents.create({ amount: 5_000, currency: 'xts' }));
    expect(error).toMatchObject({ statusCode: 400, param: 'currency' });
  });
});

describe('refunds', () => {
  test('come in parts, never above the charge', async () => {
    const saved = await customerWith(stripe, 'pm_card_visa');
    const { id } = await charge({ ...saved, amount: 1_000 });
    expect((await stripe.refunds.create({ payment_intent: id, amount: 400 })).status).toBe('succeeded');
    expect((await refusal(stripe.refunds.create({ payment_intent: id, amount: 601 }))).param).toBe('amount');
    expect((await stripe.refunds.create({ payment_intent: id })).amount).toBe(600);
    expect((await refusal(stripe.refunds.create({ payment_intent: id }))).code).toBe('charge_already_refunded');
    const charges = await stripe.charges.list({ payment_intent: id });
    expect(charges.data[0]).toMatchObject({ amount_refunded: 1_000, refunded: true });
  });

  test('need a charge that succeeded', async () => {
    const { id } = await stripe.paymentIntents.create({ amount: 900, currency: 'usd' });
    expect((await refusal(stripe.refunds.create({ payment_intent: id }))).statusCode).toBe(400);
  });
});

describe('idempotency keys', () => {
  test('give the same answer again, a decline included, and refuse other parameters', async () => {
    const idempotencyKey = newKey();
    const once = () => stripe.customers.create({ email: 'twice@example.com' }, { idempotencyKey });
    const [first, second] = [await once(), await once()];
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    const other = await refusal(stripe.customers.create({ email: 'other@example.com' }, { idempotencyKey }));
    expect(other).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);

    const saved = await customerWith(stripe, 'pm_card_chargeCustomerFail');
    const key = newKey();
    const given = { amount: 700, currency: 'usd', confirm: true, off_session: true, ...saved };
    const declined = await refusal(stripe.paymentIntents.create(given, { idempotencyKey: key }));
    const again = await refusal(stripe.paymentIntents.create(given, { idempotencyKey: key }));
    expect(again.payment_intent?.id).toBe(declined.payment_intent?.id);
  });
});
