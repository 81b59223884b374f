/** Saving a card, on the real adapter and the Stripe double. */
import { afterEach, expect, it } from 'vitest';
import { Outage } from '#domain/outage.ts';
import { instant } from '#domain/time/instant.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import type { RequestFault } from '#local/stripe/faults.ts';
import { customerId, putOpenInvoice } from '#test/world/open-invoice.ts';
import { type DiesAfter, openPaymentsWorld, type PaymentsWorld } from '#test/world/payments-world.ts';
import { savePaymentMethod } from './save-payment-method.ts';

const given: DomainEvent = { name: 'payment_method.given', data: { customer: customerId } };
const noon = instant('2026-03-01T12:00:00.000Z');

let world: PaymentsWorld;
afterEach(() => world.close());

const asked: string[] = [];
const open = async (card: string, strikes: RequestFault[] = []) => {
  asked.length = 0;
  world = await openPaymentsWorld(noon, {
    faults: { request: () => strikes.shift() },
    watch: ({ path, idempotencyKey }) => void asked.push(`${path} ${idempotencyKey ?? ''}`),
  });
  putOpenInvoice(world, { state: 'given', paymentMethod: card });
};
const payment = () => world.value('customer', customerId).payment;

it('saves the card at the provider under keys of ours', async () => {
  await open('pm_card_visa');
  await world.run(savePaymentMethod, given);
  expect(payment()).toMatchObject({
    state: 'saved',
    providerCustomer: expect.stringMatching(/^cus_/) as string,
    paymentMethod: expect.stringMatching(/^pm_/) as string,
  });
  expect(asked[0]).toBe(`/v1/customers customer-${customerId}`);
  const before = payment();
  await world.run(savePaymentMethod, given);
  expect([payment(), asked.length]).toEqual([before, 2]);
});

it.each(['claim', 'act', 'record'] as DiesAfter[])('is saved once, though it dies after %s', async (death) => {
  await open('pm_card_visa');
  await world.run(savePaymentMethod, given, death).catch(() => undefined);
  await world.run(savePaymentMethod, given);
  expect(payment().state).toBe('saved');
  expect(new Set(asked.filter((each) => each.startsWith('/v1/customers ')))).toEqual(
    new Set([`/v1/customers customer-${customerId}`]),
  );
});

it('keeps why a card cannot be saved', async () => {
  await open('pm_card_chargeDeclined');
  await world.run(savePaymentMethod, given);
  expect(payment()).toEqual({
    state: 'refused',
    paymentMethod: 'pm_card_chargeDeclined',
    because: 'Your card was declined.',
  });
});

it('is tried again by the next delivery where nobody knows', async () => {
  await open('pm_card_visa', ['server_error_before']);
  await expect(world.run(savePaymentMethod, given)).rejects.toThrow(Outage);
  expect(payment().state).toBe('given');
  // The provider answers the same 500 under the same key for a day.
  await world.pass(25 * 60);
  await world.run(savePaymentMethod, given);
  expect(payment().state).toBe('saved');
});

it('says nothing of a card that was replaced meanwhile', async () => {
  await open('pm_card_chargeDeclined');
  const claimed = await savePaymentMethod.claim(given, { books: world.books, now: noon });
  const call = 'call' in claimed ? claimed.call : undefined;
  if (call === undefined) throw new Error('there is a card to save');
  const outcome = await savePaymentMethod.act(call, { books: world.books, payments: world.payments, now: noon });
  world.put('customer', {
    ...world.value('customer', customerId),
    payment: { state: 'given', paymentMethod: 'pm_card_visa' },
  });
  expect(await savePaymentMethod.record(call, outcome, { books: world.books, now: noon })).toEqual({});
});
