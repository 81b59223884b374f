/** How Stripe fails, as the client sees it and as the double's own books tell it afterwards. */
import Stripe from 'stripe';
import { afterEach, expect, test } from 'vitest';
import type { AskedRequest, RequestFault } from '#local/stripe/faults.ts';
import { randomFaults } from '#local/stripe/faults.ts';
import { clientAt, refusal, stripeAtHand, type StripeAtHand } from './stripe-at-hand.ts';

let hand: StripeAtHand;
afterEach(() => hand.close());

/** A double on whose next request to make an intent this fault strikes, once. */
const struckOnceBy = async (fault: RequestFault): Promise<void> => {
  let left = 1;
  const request = ({ path }: AskedRequest) => (path === '/v1/payment_intents' && left-- > 0 ? fault : undefined);
  hand = await stripeAtHand({ faults: { request } }, 300);
};

const charge = (key: string, amount = 500) =>
  hand.stripe.paymentIntents.create(
    {
      amount,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
      off_session: true,
      metadata: { invoice: 'inv_1' },
    },
    { idempotencyKey: key },
  );

const successes = () => hand.double.books().charges.filter((booked) => booked.status === 'succeeded').length;

test.each<[RequestFault, number]>([
  ['timeout_before', 0],
  ['timeout_after', 1],
])('%s: no answer, %i charges; the same key ends with one', async (fault, charged) => {
  await struckOnceBy(fault);
  expect(await refusal(charge('k'))).toBeInstanceOf(Stripe.errors.StripeConnectionError);
  expect(successes()).toBe(charged);
  expect((await charge('k')).status).toBe('succeeded');
  expect(successes()).toBe(1);
});

test.each<[RequestFault]>([['reset_before'], ['reset_after']])(
  '%s: with the same key there is one charge in the end',
  async (fault) => {
    await struckOnceBy(fault);
    // stripe-node tries once more by itself after a reset socket, even with maxNetworkRetries 0.
    await charge('k').catch(() => charge('k'));
    expect(successes()).toBe(1);
  },
);

test.each<[RequestFault, number]>([
  ['server_error_before', 0],
  ['server_error_after', 1],
])('%s: the 500 is given again for the same key, and %i charges stand in the books', async (fault, charged) => {
  await struckOnceBy(fault);
  for (let times = 0; times < 3; times += 1) expect((await refusal(charge('k'))).statusCode).toBe(500);
  expect(successes()).toBe(charged);
  expect((await charge('another')).status).toBe('succeeded');
  expect(successes()).toBe(charged + 1);
});

test.each<[RequestFault, number, string]>([
  ['rate_limited', 429, 'rate_limit'],
  ['key_in_use', 409, 'idempotency_key_in_use'],
])('%s: refused with %i, nothing kept under the key', async (fault, status, code) => {
  await struckOnceBy(fault);
  expect(await refusal(charge('k'))).toMatchObject({ statusCode: status, code });
  expect(successes()).toBe(0);
  expect((await charge('k')).status).toBe('succeeded');
});

test('two requests with one key at once: one is worked on, the other refused', async () => {
  let release = () => {};
  const gate = new Promise<void>((open) => (release = open));
  const seen: (string | null)[] = [];
  hand = await stripeAtHand({ pause: () => gate, watch: ({ idempotencyKey }) => seen.push(idempotencyKey) });
  const first = charge('k');
  const second = await refusal(charge('k'));
  expect(second).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  release();
  expect((await first).status).toBe('succeeded');
  expect((await charge('k')).id).toBe((await first).id);
  expect(successes()).toBe(1);
  expect(seen).toEqual(['k', 'k', 'k']);
});

test('a wrong parameter leaves no answer under its key', async () => {
  hand = await stripeAtHand();
  const wrong = hand.stripe.paymentIntents.create({ currency: 'usd' } as Stripe.PaymentIntentCreateParams, {
    idempotencyKey: 'k',
  });
  expect((await refusal(wrong)).code).toBe('parameter_missing');
  expect((await charge('k')).status).toBe('succeeded');
});

test('a refused request changes nothing and tells nothing, however far it came', async () => {
  hand = await stripeAtHand();
  await refusal(charge('k', 49));
  // Refused at the confirmation, after the intent was made: no return_url for a customer who is there.
  const halfway = { amount: 500, currency: 'usd', payment_method: 'pm_card_visa', confirm: true };
  expect((await refusal(hand.stripe.paymentIntents.create(halfway))).message).toContain('return_url');
  expect(hand.double.books().charges).toEqual([]);
  expect((await hand.stripe.events.list()).data).toEqual([]);
  expect((await hand.stripe.paymentIntents.list()).data).toEqual([]);
});

test('only test keys and the double’s own version are let in', async () => {
  hand = await stripeAtHand();
  const at = (headers: Record<string, string>) => fetch(`${hand.url}/v1/balance`, { headers });
  expect((await at({})).status).toBe(401);
  expect((await at({ authorization: 'Bearer sk_live_1' })).status).toBe(401);
  expect((await at({ authorization: 'Bearer sk_test_1' })).status).toBe(200);
  expect((await at({ authorization: 'Bearer sk_test_1', 'stripe-version': '2020-08-27' })).status).toBe(400);
});

test('random faults come again with their seed, each of them', async () => {
  const draws = (seed: number) => {
    let state = seed;
    const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const kinds: RequestFault[] = ['timeout_before', 'timeout_after', 'reset_before', 'reset_after', 'rate_limited'];
    const rates = Object.fromEntries(
      [...kinds, 'key_in_use', 'server_error_before', 'server_error_after'].map((kind) => [kind, 0.05]),
    );
    const faults = randomFaults({ requests: rates }, random);
    return Array.from({ length: 1_000 }, () => faults.request?.({ method: 'POST', path: '/', idempotencyKey: null }));
  };
  hand = await stripeAtHand();
  expect(draws(7)).toEqual(draws(7));
  expect(new Set(draws(7)).size).toBe(9);
  expect(draws(7).filter((fault) => fault === undefined).length).toBeGreaterThan(500);
});

test('the client of these tests retries nothing on a plain error', async () => {
  const asked: string[] = [];
  hand = await stripeAtHand({ watch: ({ path }) => asked.push(path), faults: { request: () => 'rate_limited' } });
  await refusal(clientAt(hand.url).balance.retrieve());
  expect(asked).toEqual(['/v1/balance']);
});
