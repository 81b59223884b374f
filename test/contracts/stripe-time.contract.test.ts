/** What Stripe does by time alone, lived on a moved clock: debits, balances, payouts, pages, keys, search, events. */
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, refusal, stripeAtHand, type StripeAtHand } from './stripe-at-hand.ts';

let hand: StripeAtHand;
beforeEach(async () => {
  hand = await stripeAtHand();
});
afterEach(() => hand.close());

const payWith = async (token: string, amount = 1_000, metadata: Record<string, string> = {}) => {
  const { stripe } = hand;
  const customer = (await stripe.customers.create({})).id;
  const payment_method = (await stripe.paymentMethods.attach(token, { customer })).id;
  return stripe.paymentIntents.create({
    ...{ amount, currency: 'usd', customer, payment_method, metadata },
    confirm: true,
    off_session: true,
  });
};

const typesOf = async (): Promise<string[]> => {
  const seen: string[] = [];
  for await (const event of hand.stripe.events.list({ limit: 100 })) seen.unshift(event.type);
  return seen;
};

describe('a bank debit', () => {
  test('is processing for four days, then paid', async () => {
    const { id } = await payWith('pm_usBankAccount_success');
    await hand.pass(4 * DAY - 1);
    expect((await hand.stripe.paymentIntents.retrieve(id)).status).toBe('processing');
    await hand.pass(1);
    expect(await hand.stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'succeeded',
      amount_received: 1_000,
    });
    expect((await typesOf()).filter((type) => /^(charge|payment_intent)/.test(type))).toEqual([
      'payment_intent.created',
      'charge.pending',
      'payment_intent.processing',
      'charge.succeeded',
      'payment_intent.succeeded',
    ]);
  });

  test('fails after four days, and the intent can be paid otherwise', async () => {
    const { id } = await payWith('pm_usBankAccount_insufficientFunds');
    await hand.pass(4 * DAY);
    const failed = await hand.stripe.paymentIntents.retrieve(id);
    expect(failed).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'insufficient_funds' },
    });
    expect(hand.double.books().charges.map(({ status }) => status)).toEqual(['failed']);
    const again = hand.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa', off_session: true });
    expect((await again).status).toBe('succeeded');
  });
});

test('a card can decline twice and then pay', async () => {
  const { stripe } = hand;
  const first = await refusal(payWith('pm_double_declines_2_then_succeeds'));
  const { id = '' } = first.payment_intent ?? {};
  const confirm = () =>
    stripe.paymentIntents.confirm(id, { payment_method: first.payment_method?.id ?? '', off_session: true });
  expect((await refusal(confirm())).code).toBe('card_declined');
  expect((await confirm()).status).toBe('succeeded');
  expect(hand.double.books().charges.map(({ status }) => status)).toEqual(['failed', 'failed', 'succeeded']);
});

test('the balance follows a charge by seconds, 10.00 less 59 cents, and is available after two days', async () => {
  const { id } = await payWith('pm_card_visa');
  const charge = async () =>
    (await hand.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge.balance_transaction'] }))
      .latest_charge as Stripe.Charge;
  expect((await charge()).balance_transaction).toBeNull();
  await hand.pass(3_000);
  // 2.9 % of 1,000 is 29, and 30 more: 59.
  expect((await charge()).balance_transaction).toMatchObject({ amount: 1_000, fee: 59, net: 941, status: 'pending' });
  expect(hand.double.books().balance).toEqual([{ currency: 'usd', available: 0, pending: 941 }]);
  await hand.pass(2 * DAY);
  expect((await charge()).balance_transaction).toMatchObject({ status: 'available' });
  expect(hand.double.books().balance).toEqual([{ currency: 'usd', available: 941, pending: 0 }]);
});

test('an automatic payout carries its balance transactions, empties the balance and arrives after two days', async () => {
  await payWith('pm_card_visa');
  const refunded = await payWith('pm_card_visa', 2_000);
  await hand.pass(3 * DAY);
  await hand.stripe.refunds.create({ payment_intent: refunded.id, amount: 500 });
  // 1,000 − 59 and 2,000 − 88, less 500 given back: 941 + 1,912 − 500 = 2,353.
  const [payout] = hand.double.payOut();
  expect(payout?.amount).toBe(2_353);
  const carried = await hand.stripe.balanceTransactions.list({ payout: payout?.id ?? '' });
  expect(carried.data.map(({ type, net }) => [type, net])).toEqual([
    ['payout', -2_353],
    ['refund', -500],
    ['charge', 1_912],
    ['charge', 941],
  ]);
  expect(hand.double.books().balance).toEqual([{ currency: 'usd', available: 0, pending: 0 }]);
  await hand.pass(2 * DAY);
  expect((await hand.stripe.payouts.list({ status: 'paid' })).data.map(({ id }) => id)).toEqual([payout?.id]);
});

test('a dispute takes the money and a fee, stops refunds, and brings the money back when won', async () => {
  const { id, latest_charge } = await payWith('pm_card_visa');
  await hand.pass(3 * DAY);
  const dispute = hand.double.dispute(latest_charge as string);
  expect(hand.double.books().balance).toEqual([{ currency: 'usd', available: 941 - 1_000 - 1_500, pending: 0 }]);
  expect((await refusal(hand.stripe.refunds.create({ payment_intent: id }))).code).toBe('charge_disputed');
  hand.double.closeDispute(dispute.id, 'won');
  expect(hand.double.books().balance).toEqual([{ currency: 'usd', available: 941 - 1_500, pending: 0 }]);
  expect((await typesOf()).filter((type) => type.startsWith('charge.dispute'))).toEqual([
    'charge.dispute.created',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.funds_reinstated',
    'charge.dispute.closed',
  ]);
});

test('a refund can fail days after it succeeded', async () => {
  const { id } = await payWith('pm_card_refundFail');
  expect((await hand.stripe.refunds.create({ payment_intent: id })).status).toBe('succeeded');
  await hand.pass(3 * DAY);
  expect(hand.double.books().refunds[0]?.status).toBe('failed');
  expect(hand.double.books().charges[0]?.refunded).toBe(0);
});

describe('a Checkout page', () => {
  const open = (given: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    hand.stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [
        { quantity: 1, price_data: { currency: 'usd', unit_amount: 900, product_data: { name: 'Invoice 7' } } },
      ],
      payment_intent_data: { metadata: { invoice: 'inv_7' } },
      success_url: 'https://example.com/done?session={CHECKOUT_SESSION_ID}',
      ...given,
    });
  const post = (url: string | null, payment_method: string) =>
    fetch(url ?? '', { method: 'POST', body: new URLSearchParams({ payment_method }), redirect: 'manual' });

  test('stays open after a decline and is paid once', async () => {
    const { id, url } = await open();
    expect(await (await fetch(url ?? '')).text()).toContain('Pay 900 minor units of usd');
    expect((await post(url, 'pm_card_chargeDeclined')).status).toBe(402);
    const paid = await post(url, 'pm_card_visa');
    expect(paid.headers.get('location')).toBe(`https://example.com/done?session=${id}`);
    expect((await post(url, 'pm_card_visa')).status).toBe(400);
    const session = await hand.stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      payment_intent: { status: 'succeeded' },
    });
    expect(hand.double.books().charges.map(({ invoice, status }) => [invoice, status])).toEqual([
      ['inv_7', 'failed'],
      ['inv_7', 'succeeded'],
    ]);
  });

  test('goes by the bank where the card asks for it', async () => {
    const { id, url } = await open();
    const bank = new URL((await post(url, 'pm_card_authenticationRequired')).headers.get('location') ?? '', hand.url);
    const approved = await fetch(bank, {
      method: 'POST',
      body: new URLSearchParams({ result: 'approve' }),
      redirect: 'manual',
    });
    expect(approved.headers.get('location')).toContain(id);
    expect((await hand.stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
  });

  test('given a bank debit is complete but unpaid until it ends', async () => {
    const { id, url } = await open();
    await post(url, 'pm_usBankAccount_success');
    expect(await hand.stripe.checkout.sessions.retrieve(id)).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
    });
    await hand.pass(4 * DAY);
    expect((await hand.stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
    expect(await typesOf()).toContain('checkout.session.async_payment_succeeded');
  });

  test('saves a payment method in setup mode', async () => {
    const customer = (await hand.stripe.customers.create({})).id;
    const { url } = await hand.stripe.checkout.sessions.create({
      mode: 'setup',
      customer,
      currency: 'usd',
      success_url: 'https://example.com',
    });
    await post(url, 'pm_card_visa');
    expect((await hand.stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1);
  });

  test('expires after a day', async () => {
    const { id, url } = await open();
    await hand.pass(DAY);
    expect((await hand.stripe.checkout.sessions.retrieve(id)).status).toBe('expired');
    expect((await post(url, 'pm_card_visa')).status).toBe(400);
    expect(hand.double.books().charges).toEqual([]);
  });
});

test('an idempotency key is forgotten after 24 hours, and then charges again', async () => {
  const charge = () =>
    hand.stripe.paymentIntents.create(
      { amount: 500, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, off_session: true },
      { idempotencyKey: 'inv_1/attempt_1' },
    );
  const first = await charge();
  await hand.pass(DAY - 1);
  expect((await charge()).id).toBe(first.id);
  await hand.pass(1);
  expect((await charge()).id).not.toBe(first.id);
});

test('search finds what is a minute old, by metadata, status and number', async () => {
  const { id } = await payWith('pm_card_visa', 1_000, { invoice: "inv_'1'" });
  await payWith('pm_card_visa', 3_000, { invoice: 'inv_2' });
  const query = "metadata['invoice']:'inv_\\'1\\'' AND status:'succeeded'";
  const found = async (asked: string) =>
    (await hand.stripe.paymentIntents.search({ query: asked })).data.map(({ amount }) => amount);
  expect(await found(query)).toEqual([]);
  await hand.pass(60_000);
  expect((await hand.stripe.paymentIntents.search({ query })).data.map((intent) => intent.id)).toEqual([id]);
  expect(await found('amount>1000')).toEqual([3_000]);
  expect(await found("-metadata['invoice']:'inv_2'")).toEqual([1_000]);
  expect(await found("amount:1000 OR metadata['invoice']:'inv_2'")).toEqual([3_000, 1_000]);
  expect((await refusal(hand.stripe.paymentIntents.search({ query: "colour:'red'" }))).statusCode).toBe(400);
  const mixed = 'amount:1 AND amount:2 OR amount:3';
  expect((await refusal(hand.stripe.paymentIntents.search({ query: mixed }))).statusCode).toBe(400);
});

test('events are gone after 30 days', async () => {
  const { id } = await hand.stripe.customers.create({});
  const [event] = (await hand.stripe.events.list({ type: 'customer.*' })).data;
  expect(event?.data.object).toMatchObject({ id });
  await hand.pass(30 * DAY + HOUR);
  expect((await hand.stripe.events.list()).data).toEqual([]);
  expect((await refusal(hand.stripe.events.retrieve(event?.id ?? ''))).statusCode).toBe(404);
});
