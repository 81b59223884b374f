/** An attempt asks the provider under one key for ever: minutes later, with another clock, it is the same key and no second payment (I24). */
import { afterEach, expect, it, vi } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { customerId, invoiceId, putOpenInvoice } from '#test/world/open-invoice.ts';
import { Died, openPaymentsWorld } from '#test/world/payments-world.ts';
import { collectPayment } from './collect-payment.ts';

const noon = instant('2026-03-01T12:00:00.000Z');

afterEach(() => {
  vi.useRealTimers();
});

it('that died before it stored what it created, and comes back minutes later: asks under the same key', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(noon) });
  const keys: (string | null)[] = [];
  const world = await openPaymentsWorld(noon, {
    faults: {
      request: ({ path, method, idempotencyKey }) => {
        if (method === 'POST' && path === '/v1/payment_intents') keys.push(idempotencyKey);
        return undefined;
      },
    },
  });
  const saved = await world.payments.saveMethod({ customer: customerId, paymentMethod: 'pm_card_visa' });
  if (saved.state !== 'ok') throw new Error('the card is saved');
  putOpenInvoice(world, { state: 'saved', ...saved.value });

  const sent = { name: 'bill.sent', data: { invoice: invoiceId } } as const;
  await expect(world.run(collectPayment, sent, 'act')).rejects.toThrow(Died);
  await world.pass(7);
  vi.setSystemTime(Date.parse(world.now()));
  await world.run(collectPayment, { name: 'payment.due', data: { invoice: invoiceId } });
  expect(keys).toEqual([`${invoiceId}-1-create`, `${invoiceId}-1-create`]);
  expect(world.stripe.books().charges).toMatchObject([{ status: 'succeeded', invoice: invoiceId }]);
  await world.close();
});
