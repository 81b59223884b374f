/** No money moves in restored books before they are reconciled, however it is asked for, and a closing that overtakes a claim stops it. */
import { afterEach, describe, expect, it } from 'vitest';
import { closeBooks, type Restore } from '#domain/restore/restore.ts';
import { isRefusal } from '#domain/refusal.ts';
import { instant } from '#domain/time/instant.ts';
import { payToken } from '#domain/payments/pay-token.ts';
import { chasePayments } from '#functions/chase-payments/chase-payments.ts';
import { collectPayment } from '#functions/collect-payment/collect-payment.ts';
import { openCheckout } from '#functions/open-checkout/open-checkout.ts';
import { customerId, invoiceId, putOpenInvoice } from '#test/world/open-invoice.ts';
import { openPaymentsWorld, payLinkSecret, type PaymentsWorld } from '#test/world/payments-world.ts';
import { restoreGate } from './restore-gate.ts';

const noon = instant('2026-03-01T12:00:00.000Z');
const closed = closeBooks(
  { restoredTo: instant('2026-03-01T02:00:00.000Z'), because: 'a test', by: 'key' },
  undefined,
  noon,
);
const schedule = { name: 'schedule', data: { at: noon } } as const;

let world: PaymentsWorld;
afterEach(() => world.close());

const openWith = async (state?: Restore['state']) => {
  world = await openPaymentsWorld(noon);
  const saved = await world.payments.saveMethod({ customer: customerId, paymentMethod: 'pm_card_visa' });
  if (saved.state !== 'ok') throw new Error(saved.because);
  putOpenInvoice(world, { state: 'saved', ...saved.value });
  if (state !== undefined) world.put('restore', { ...closed, state });
};
const taken = () => world.stripe.books().charges.length;
const collect = () => world.run(collectPayment, { name: 'bill.sent', data: { invoice: invoiceId } });
const pressPay = async () => {
  const params = { token: payToken(invoiceId, payLinkSecret) };
  const request = { method: 'POST', path: '', headers: {}, query: {}, params, body: new Uint8Array() };
  const { books, payments } = world;
  return (await openCheckout(request, { books, payments, now: noon })).respond.status;
};

describe.each(['closed', 'fenced', 'reconciled'] as const)('books that are %s', (state) => {
  it('charge no card, open no page, and chase nobody', async () => {
    await openWith(state);
    expect(await collect()).toMatchObject({ refused: 'books_being_restored' });
    expect(await pressPay()).toBe(503);
    expect(await chasePayments.items(schedule, { books: world.books, now: noon })).toEqual([]);
    expect([taken(), world.all('attempt')]).toEqual([0, []]);
  });
});

describe.each([undefined, 'open'] as const)('books that are %s', (state) => {
  it('charge as ever', async () => {
    await openWith(state);
    expect(await collect()).toBeUndefined();
    expect(taken()).toBe(1);
  });

  it('let nothing through that was looked up before they closed', async () => {
    await openWith(state);
    const gate = await restoreGate('charge', world.books);
    if (isRefusal(gate)) throw new Error(gate.because);
    world.put('restore', closed);
    expect(() => {
      world.commit({ write: [gate] });
    }).toThrow();
  });
});
