/** What the Payments port promises, held against the adapter and the Stripe double. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { money } from '#domain/money/money.ts';
import { addMinutes, instant } from '#domain/time/instant.ts';
import type { Charge } from '#functions/ports.ts';
import { openPaymentsWorld, type PaymentsWorld } from '#test/world/payments-world.ts';

let world: PaymentsWorld;
beforeEach(async () => {
  world = await openPaymentsWorld(instant('2026-03-01T12:00:00.000Z'));
});
afterEach(() => world.close());

const value = <Value>(outcome: { state: string; value?: Value; because?: string }): Value => {
  if (outcome.state !== 'ok') throw new Error(outcome.because);
  return outcome.value as Value;
};
const save = async (card: string) => value(await world.payments.saveMethod({ customer: 'cus_a', paymentMethod: card }));
const chargeFor = async (card: string, changed: Partial<Charge> = {}): Promise<Charge> => ({
  ...(await save(card)),
  invoice: 'inv_a',
  attempt: 1,
  amount: money('10.00', 'EUR'),
  key: 'inv_a-1-create',
  ...changed,
});
const create = async (card: string, changed?: Partial<Charge>) =>
  value(await world.payments.createIntent(await chargeFor(card, changed))).intent;

describe('a saved method', () => {
  it('is the same however often it is asked for', async () => {
    expect(await save('pm_card_visa')).toEqual(await save('pm_card_visa'));
  });
  it('joins the customer the provider already has', async () => {
    const { providerCustomer } = await save('pm_card_visa');
    expect(
      value(
        await world.payments.saveMethod({ customer: 'cus_a', paymentMethod: 'pm_card_mastercard', providerCustomer }),
      ).providerCustomer,
    ).toBe(providerCustomer);
  });
  it.each([
    ['the customer', '/v1/customers'],
    ['the method', '/attach'],
  ] as const)('is saved though Stripe keeps two failures of its own under the keys of %s', async (_, path) => {
    const failing = new Set<string | null>();
    const fails = await openPaymentsWorld(instant('2026-03-01T12:00:00.000Z'), {
      faults: {
        request: (asked) => {
          if (!asked.path.endsWith(path) || failing.size === 2) return undefined;
          failing.add(asked.idempotencyKey);
          return 'server_error_before';
        },
      },
    });
    const asked = () => fails.payments.saveMethod({ customer: 'cus_a', paymentMethod: 'pm_card_visa' });
    expect([await asked(), await asked(), await asked(), await asked()]).toMatchObject([
      { state: 'unknown' },
      { state: 'unknown' },
      { state: 'ok' },
      { state: 'ok' },
    ]);
    await fails.close();
  });
  it('is refused with the reason', async () => {
    expect(await world.payments.saveMethod({ customer: 'cus_a', paymentMethod: 'pm_card_chargeDeclined' })).toEqual({
      state: 'refused',
      because: 'Your card was declined.',
    });
  });
});

describe('a payment', () => {
  it('moves no money when it is created, and names what it pays', async () => {
    const intent = await create('pm_card_visa');
    expect(value(await world.payments.lookUpIntent(intent))).toEqual({
      intent,
      state: 'unconfirmed',
      amount: money('10.00', 'EUR'),
      pays: { invoice: 'inv_a', attempt: 1 },
    });
    expect(world.stripe.books().charges).toEqual([]);
  });
  it('is one under one key', async () => {
    const charge = await chargeFor('pm_card_visa');
    expect(await world.payments.createIntent(charge)).toEqual(await world.payments.createIntent(charge));
  });
  it('under one key with another amount is a bug', async () => {
    const charge = await chargeFor('pm_card_visa');
    await world.payments.createIntent(charge);
    await expect(world.payments.createIntent({ ...charge, amount: money('10.01', 'EUR') })).rejects.toThrow(
      'StripeIdempotencyError',
    );
  });
  it.each([
    ['pm_card_visa', 'succeeded'],
    ['pm_card_chargeCustomerFail', 'failed'],
    ['pm_card_authenticationRequired', 'failed'],
  ] as const)('with %s, confirmed, is %s, and so it is when looked up', async (card, state) => {
    const intent = await create(card);
    const confirmed = value(await world.payments.confirmIntent(intent, 'inv_a-1-confirm'));
    expect(confirmed).toMatchObject({ state, amount: money('10.00', 'EUR') });
    expect(value(await world.payments.lookUpIntent(intent))).toEqual(confirmed);
  });
  it('from a bank account is processing', async () => {
    const intent = await create('pm_usBankAccount', { amount: money('10.00', 'USD') });
    expect(value(await world.payments.confirmIntent(intent, 'k')).state).toBe('processing');
  });
  it('confirmed twice under two keys is charged once', async () => {
    const intent = await create('pm_card_visa');
    await world.payments.confirmIntent(intent, 'k1');
    expect((await world.payments.confirmIntent(intent, 'k2')).state).toBe('refused');
    expect(world.stripe.books().charges).toHaveLength(1);
  });
  it('is found by invoice and attempt once the index has it', async () => {
    const intent = await create('pm_card_visa');
    await world.pass(5);
    expect(await world.payments.findIntent('inv_a', 1)).toEqual({ state: 'ok', value: { intent } });
    expect(await world.payments.findIntent('inv_a', 2)).toEqual({ state: 'ok', value: { intent: null } });
  });
  it('cancelled cannot be confirmed', async () => {
    const intent = await create('pm_card_visa');
    expect(value(await world.payments.cancelIntent(intent, 'c')).state).toBe('cancelled');
    expect((await world.payments.confirmIntent(intent, 'k')).state).toBe('refused');
  });
  it('that is not there is refused, and so is an amount the provider cannot write', async () => {
    expect((await world.payments.lookUpIntent('pi_none')).state).toBe('refused');
    expect(
      (await world.payments.createIntent(await chargeFor('pm_card_visa', { amount: money('1.234', 'KWD') }))).state,
    ).toBe('refused');
  });
  it.each([
    ['500', 'JPY', 500],
    ['500', 'ISK', 50_000],
    ['5.120', 'KWD', 5_120],
  ] as const)('of %s %s is %i in the provider’s own books', async (amount, currency, expected) => {
    const intent = await create('pm_card_visa', { amount: money(amount, currency) });
    expect(value(await world.payments.confirmIntent(intent, 'k')).amount).toEqual(money(amount, currency));
    expect(world.stripe.books().charges).toMatchObject([{ amount: expected }]);
  });
});

describe('a payment page', () => {
  const open = async () => {
    const page = {
      ...(await chargeFor('pm_card_visa', { paymentMethod: null })),
      description: 'Invoice 1',
      returnPath: '/pay/x',
      expiresAt: addMinutes(world.now(), 60),
    };
    const opened = value(await world.payments.openCheckout(page));
    expect(await world.payments.openCheckout(page)).toEqual({ state: 'ok', value: opened });
    return opened;
  };
  it('is open, then complete with its payment', async () => {
    const { session, url } = await open();
    expect(value(await world.payments.lookUpCheckout(session))).toEqual({
      pays: { invoice: 'inv_a', attempt: 1 },
      payment: null,
      page: 'open',
      url,
    });
    await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ payment_method: 'pm_card_visa' }),
      redirect: 'manual',
    });
    expect(value(await world.payments.lookUpCheckout(session))).toMatchObject({
      page: 'complete',
      payment: { state: 'succeeded', amount: money('10.00', 'EUR') },
    });
  });
  it('expires', async () => {
    const { session } = await open();
    await world.pass(61);
    expect(value(await world.payments.lookUpCheckout(session))).toMatchObject({ page: 'expired', payment: null });
  });
});
