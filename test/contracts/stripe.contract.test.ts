/**
 * What billing relies on from Stripe, asked through the real stripe-node client.
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

const charge = (given: Partial<Stripe.PaymentIntentCreateParams>) =>
  stripe.paymentIntents.create({ amount: 2_000, currency: 'usd', confirm: true, off_session: true, ...given });

describe('customers', () => {
  test('are changed field by field, metadata key by key', async () => {
    const { id } = await stripe.customers.create({ name: 'Ada', metadata: { a: '1', b: '2' } });
    const changed = await stripe.customers.update(id, { name: '', metadata: { a: '', c: '3' } });
    expect(changed.name).toBeNull();
    expect(changed.metadata).toEqual({ b: '2', c: '3' });
  });

  test('leave a stub when deleted, and their payment methods are of no more use', async () => {
    const { customer, payment_method } = await customerWith(stripe, 'pm_card_visa');
    await stripe.customers.del(customer);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ id: customer, deleted: true });
    const again = await refusal(charge({ payment_method }));
    expect(again.statusCode).toBe(400);
  });

  test('have only their own payment method as default', async () => {
    const { customer, payment_method } = await customerWith(stripe, 'pm_card_visa');
    const other = await stripe.customers.create({});
    const error = await refusal(
      stripe.customers.update(other.id, { invoice_settings: { default_payment_method: payment_method } }),
    );
    expect(error.code).toBe('resource_missing');
    const own = await stripe.customers.update(customer, {
      invoice_settings: { default_payment_method: payment_method },
    });
    expect(own.invoice_settings.default_payment_method).toBe(payment_method);
  });
});

describe('payment intents', () => {
  test('charge a saved card while the customer is away', async () => {
    const saved = await customerWith(stripe, 'pm_card_visa');
    const intent = await charge({ ...saved, metadata: { invoice: 'inv_1' }, expand: ['latest_charge'] });
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 2_000, metadata: { invoice: 'inv_1' } });
    expect(intent.latest_charge).toMatchObject({
      paid: true,
      captured: true,
      amount: 2_000,
      metadata: { invoice: 'inv_1' },
    });
  });

  test('are confirmed in a second step', async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'eur',
      allowed_payment_method_types: ['card'],
    });
    expect(intent.status).toBe('requires_payment_method');
    const done = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    expect(done.status).toBe('succeeded');
    expect((await refusal(stripe.paymentIntents.confirm(intent.id))).code).toBe('payment_intent_unexpected_state');
    expect((await refusal(stripe.paymentIntents.cancel(intent.id))).code).toBe('payment_intent_unexpected_state');
  });

  test('wait for a confirmation where a method is there, and are cancelled once', async () => {
    const intent = await stripe.paymentIntents.create({
      ...{ amount: 900, currency: 'eur', payment_method: 'pm_card_visa' },
      allowed_payment_method_types: ['card'],
    });
    expect(intent.status).toBe('requires_confirmation');
    const gone = await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: 'duplicate' });
    expect(gone).toMatchObject({ status: 'canceled', cancellation_reason: 'duplicate' });
    expect((await refusal(stripe.paymentIntents.confirm(intent.id))).code).toBe('payment_intent_unexpected_state');
  });

  test('ask for another method after a decline, and say why', async () => {
    const saved = await customerWith(stripe, 'pm_card_chargeCustomerFail');
    const error = await refusal(charge(saved));
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error).toMatchObject({ statusCode: 402, code: 'card_declined' });
    const intent = await stripe.paymentIntents.retrieve(error.payment_intent?.id ?? '');
    expect(intent).toMatchObject({ status: 'requires_payment_method', payment_method: null, amount_received: 0 });
    expect(intent.last_payment_error?.payment_method?.id).toBe(saved.payment_method);
    const charges = await stripe.charges.list({ payment_intent: intent.id });
    expect(charges.data.map(({ status, paid }) => ({ status, paid }))).toEqual([{ status: 'failed', paid: false }]);
    const second = await stripe.paymentMethods.attach('pm_card_visa', { customer: saved.customer });
    const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: second.id, off_session: true });
    expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null });
  });

  test.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
  ])('decline %s with %s / %s', async (payment_method, code, reason) => {
    const error = await refusal(charge({ payment_method, off_session: false, allowed_payment_method_types: ['card'] }));
    expect(error).toMatchObject({ code, statusCode: 402 });
    expect(error).toMatchObject({ decline_code: reason });
  });

  test('cannot ask an absent customer to authenticate, and wait for a present one', async () => {
    const saved = await customerWith(stripe, 'pm_card_authenticationRequired');
    const error = await refusal(charge(saved));
    expect(error).toMatchObject({ statusCode: 402, code: 'authentication_required' });
    const present = await charge({ ...saved, off_session: false, return_url: 'https://example.com/back' });
    expect(present.status).toBe('requires_action');
    expect(present.next_action?.type).toBe('redirect_to_url');
  });

  test('leave a US bank debit processing, and nothing received', async () => {
    const saved = await customerWith(stripe, 'pm_usBankAccount_success');
    const intent = await charge({ ...saved, allowed_payment_method_types: ['us_bank_account'] });
    expect(intent).toMatchObject({ status: 'processing', amount_received: 0 });
    expect((await refusal(stripe.paymentIntents.cancel(intent.id))).code).toBe('payment_intent_unexpected_state');
  });

  test('need a return url where methods may redirect a present customer', async () => {
    const error = await refusal(charge({ payment_method: 'pm_card_visa', off_session: false }));
    expect(error.message).toContain('return_url');
  });

  test('refuse another customer’s method, and one used before without a customer', async () => {
    const saved = await customerWith(stripe, 'pm_card_visa');
    const other = await stripe.customers.create({});
    expect((await refusal(charge({ ...saved, customer: other.id }))).statusCode).toBe(400);
    const method = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
    await charge({ payment_method: method.id, off_session: false, allowed_payment_method_types: ['card'] });
    const again = charge({ payment_method: method.id, off_session: false, allowed_payment_method_types: ['card'] });
    expect((await refusal(again)).statusCode).toBe(400);
  });
});

describe('setup intents', () => {
  test('attach a method that works and refuse one that does not', async () => {
    const customer = (await stripe.customers.create({})).id;
    const given = { customer, confirm: true, allowed_payment_method_types: ['card'] };
    const done = await stripe.setupIntents.create({ ...given, payment_method: 'pm_card_visa' });
    expect(done.status).toBe('succeeded');
    const methods = await stripe.paymentMethods.list({ customer });
    expect(methods.data.map(({ id }) => id)).toEqual([done.payment_method]);
    const error = await refusal(stripe.setupIntents.create({ ...given, payment_method: 'pm_card_chargeDeclined' }));
    expect(error).toMatchObject({ statusCode: 402, code: 'card_declined' });
  });
});

describe('payment methods', () => {
  test('that always decline are not attached, and a detached one is spent', async () => {
    const customer = (await stripe.customers.create({})).id;
    expect((await refusal(stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer }))).statusCode).toBe(402);
    const saved = await customerWith(stripe, 'pm_card_visa');
    expect((await stripe.paymentMethods.detach(saved.payment_method)).customer).toBeNull();
    expect((await refusal(stripe.paymentMethods.attach(saved.payment_method, { customer }))).statusCode).toBe(400);
  });
});

describe('what is not known', () => {
  test('is refused, not ignored', async () => {
    const stray = await refusal(stripe.customers.create({ nmae: 'Ada' } as Stripe.CustomerCreateParams));
    expect(stray).toMatchObject({ statusCode: 400, code: 'parameter_unknown', param: 'nmae' });
    expect((await refusal(stripe.rawRequest('GET', '/v1/no_such_things'))).statusCode).toBe(404);
    expect((await refusal(stripe.paymentIntents.retrieve('pi_none'))).code).toBe('resource_missing');
    const missing = await refusal(
      stripe.paymentIntents.create({ currency: 'usd' } as Stripe.PaymentIntentCreateParams),
    );
    expect(missing).toMatchObject({ code: 'parameter_missing', param: 'amount' });
    const unexpandable = await refusal(stripe.customers.list({ expand: ['data.email_address'] }));
    expect(unexpandable.statusCode).toBe(400);
  });
});

describe('lists', () => {
  test('are newest first and page through all', async () => {
    const customer = (await stripe.customers.create({})).id;
    const made: string[] = [];
    for (let n = 0; n < 5; n += 1)
      made.unshift((await stripe.paymentIntents.create({ amount: 500 + n, currency: 'usd', customer })).id);
    const seen: string[] = [];
    for await (const intent of stripe.paymentIntents.list({ customer, limit: 2 })) seen.push(intent.id);
    expect(seen).toEqual(made);
    const back = await stripe.paymentIntents.list({ customer, limit: 2, ending_before: made[3] ?? '' });
    expect(back.data.map(({ id }) => id)).toEqual([made[1], made[2]]);
    expect(back.has_more).toBe(true);
  });
});
