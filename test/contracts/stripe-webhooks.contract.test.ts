/** Webhooks from the double: signed so that stripe-node's own check takes them, tried again, doubled, delayed, lost. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StripeDoubleOptions } from '#local/stripe/double.ts';
import { signatureHeader } from '#local/stripe/webhooks/signature.ts';
import { DAY, HOUR, stripeAtHand, type StripeAtHand } from './stripe-at-hand.ts';

const SECRET = 'whsec_contract';
let hand: StripeAtHand;
let endpoint: Server;
let url: string | undefined;
let answers: number[];
let taken: { event: Stripe.Event; at: number }[];

beforeEach(async () => {
  [taken, answers] = [[], []];
  endpoint = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const now = Math.floor(hand.clock.at / 1000);
      const header = String(request.headers['stripe-signature']);
      try {
        const event = Stripe.webhooks.constructEvent(body, header, SECRET, 300, undefined, now * 1000);
        const status = answers.shift() ?? 200;
        if (status === 200) taken.push({ event, at: hand.clock.at });
        response.writeHead(status).end();
      } catch {
        // The signature or its time is wrong: not taken, so the test misses the event.
        response.writeHead(400).end();
      }
    });
  });
  await new Promise<void>((done) => endpoint.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/webhooks`;
});
afterEach(async () => {
  await hand.close();
  endpoint.closeAllConnections();
  await new Promise((closed) => endpoint.close(closed));
});

const begin = async (options: Partial<StripeDoubleOptions> = {}) => {
  hand = await stripeAtHand({ webhook: { url: () => url, secret: SECRET }, ...options });
};
const types = () => taken.map(({ event }) => event.type);
const pay = () =>
  hand.stripe.paymentIntents.create({
    amount: 500,
    currency: 'usd',
    payment_method: 'pm_card_visa',
    confirm: true,
    off_session: true,
  });

test('tell everything in order, each once, with the object as it was', async () => {
  await begin();
  await pay();
  expect(types()).toEqual([]);
  await hand.double.runDue();
  expect(types()).toEqual(['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded']);
  expect(taken[0]?.event.data.object).toMatchObject({ status: 'requires_confirmation' });
  await hand.pass(HOUR);
  expect(types()).toHaveLength(4);
  expect(types().at(-1)).toBe('charge.updated');
  expect(hand.double.pending()).toBe(0);
  expect((await hand.stripe.events.retrieve(taken[0]?.event.id ?? '')).pending_webhooks).toBe(0);
});

test('are tried again with growing gaps, each signed anew', async () => {
  await begin();
  answers = [500, 302, 404];
  const started = hand.clock.at;
  await hand.stripe.customers.create({});
  await hand.pass(DAY);
  // 5, 35 and 155 minutes after the first: gaps of 5, 30 and 120.
  expect(taken.map(({ at }) => (at - started) / 60_000)).toEqual([155]);
});

test('are given up after three days', async () => {
  await begin();
  answers = Array<number>(100).fill(500);
  await hand.stripe.customers.create({});
  await hand.pass(4 * DAY);
  expect(hand.double.pending()).toBe(0);
  expect(answers.length).toBe(100 - 10);
  const [event] = (await hand.stripe.events.list()).data;
  expect(event?.pending_webhooks).toBe(1);
  answers = [];
  hand.double.resend(event?.id ?? '');
  await hand.double.runDue();
  expect(types()).toEqual(['customer.created']);
});

test('of events forgotten meanwhile are dropped', async () => {
  await begin();
  await hand.stripe.customers.create({});
  hand.clock.at += 31 * DAY;
  await hand.stripe.customers.list();
  await hand.double.runDue();
  expect(types()).toEqual([]);
  expect(hand.double.pending()).toBe(0);
});

test('wait for an endpoint that is not there yet', async () => {
  const later = url;
  url = undefined;
  await begin();
  await hand.stripe.customers.create({});
  await hand.double.runDue();
  url = later;
  await hand.pass(HOUR);
  expect(types()).toEqual(['customer.created']);
});

test('can be lost, doubled and reordered', async () => {
  const fates: Record<string, { copies: number; delayMs: number }> = {
    'payment_intent.created': { copies: 0, delayMs: 0 },
    'charge.succeeded': { copies: 1, delayMs: 2 * DAY },
    'payment_intent.succeeded': { copies: 2, delayMs: 0 },
  };
  await begin({ faults: { webhook: ({ type }) => fates[type] } });
  await pay();
  await hand.pass(3 * DAY);
  expect(types()).toEqual([
    'payment_intent.succeeded',
    'payment_intent.succeeded',
    'charge.updated',
    'charge.succeeded',
  ]);
  const [first, second] = taken;
  expect(first?.event.id).toBe(second?.event.id);
});

test('that came due while nobody ran them go out in the order of their times', async () => {
  const delays: Record<string, number> = { 'payment_intent.created': 2 * HOUR, 'charge.succeeded': HOUR };
  await begin({ faults: { webhook: ({ type }) => ({ copies: 1, delayMs: delays[type] ?? 0 }) } });
  await pay();
  hand.clock.at += DAY;
  await hand.double.runDue();
  expect(types().slice(0, 3)).toEqual(['payment_intent.succeeded', 'charge.succeeded', 'payment_intent.created']);
});

test('go out by themselves where the double runs on real time', async () => {
  hand = await stripeAtHand({ webhook: { url: () => url, secret: SECRET }, autorun: true });
  await hand.stripe.customers.create({});
  await expect.poll(types, { timeout: 2_000 }).toEqual(['customer.created']);
});

test('a forged or changed body does not pass the check', async () => {
  await begin();
  const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded' });
  const now = Math.floor(hand.clock.at / 1000);
  const check = (given: string, header: string) =>
    Stripe.webhooks.constructEvent(given, header, SECRET, 300, undefined, now * 1000);
  expect(check(body, signatureHeader(body, now, 'whsec_old', SECRET)).id).toBe('evt_1');
  expect(() => check(body, signatureHeader(body, now, 'whsec_other'))).toThrow();
  expect(() => check(`${body} `, signatureHeader(body, now, SECRET))).toThrow();
  expect(() => check(body, signatureHeader(body, now - 301, SECRET))).toThrow();
});
