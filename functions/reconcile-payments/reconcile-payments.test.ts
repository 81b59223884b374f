/**
 * The pass over the provider's payments on the real adapter and the Stripe double: books
 * that forgot what was charged come to know it, once, and nobody is charged again.
 */
import { afterEach, expect, it } from 'vitest';
import { nextReconciliation } from '#domain/restore/reconciliation.ts';
import { closeBooks, type Restore } from '#domain/restore/restore.ts';
import { isRefusal } from '#domain/refusal.ts';
import type { Subscription } from '#domain/subscriptions/subscription.ts';
import { day } from '#domain/time/day.ts';
import { addMinutes, type Instant, instant } from '#domain/time/instant.ts';
import type { TimeZone } from '#domain/time/zone.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import { collectPayment } from '#functions/collect-payment/collect-payment.ts';
import type { Answer, ItemOutcome } from '#functions/step.ts';
import { customerId, finalInvoice, invoiceId, putOpenInvoice } from '#test/world/open-invoice.ts';
import { openPaymentsWorld, type PaymentsWorld } from '#test/world/payments-world.ts';
import { reconcilePayments } from './reconcile-payments.ts';

const subscription: Subscription = {
  ...{ id: finalInvoice().subscription, customer: customerId, plan: 'flat', planVersion: 1, state: 'active' },
  ...{ anchorOn: day('2026-01-01'), timezone: 'UTC' as TimeZone, currentPeriod: 1 },
  createdAt: instant('2026-01-01T00:00:00.000Z'),
};
const noon = instant('2026-03-01T12:00:00.000Z');
const billSent: DomainEvent = { name: 'bill.sent', data: { invoice: invoiceId } };

let world: PaymentsWorld;
afterEach(() => world.close());

/** A card charged, or declined, and then the books are as before: nothing of it is in them. */
const chargedAndLost = async (card: string) => {
  world = await openPaymentsWorld(noon);
  const saved = await world.payments.saveMethod({ customer: customerId, paymentMethod: card });
  if (saved.state !== 'ok') throw new Error(saved.because);
  putOpenInvoice(world, { state: 'saved', ...saved.value });
  await world.run(collectPayment, billSent);
  world.forgetAll();
  putOpenInvoice(world, { state: 'saved', ...saved.value });
  await world.pass(30);
  const closed = closeBooks({ restoredTo: addMinutes(noon, -1), because: 'a test', by: 'key' }, undefined, world.now());
  world.put('restore', nextReconciliation({ ...closed, state: 'fenced' }, world.now()));
};

const restore = (): Restore => world.value('restore', 'latest');
const ports = () => ({ books: world.books, payments: world.payments, now: world.now() });

/** One message, as the runtime runs it; what it tells next. */
const hear = async (from: Instant): Promise<readonly DomainEvent[]> => {
  const message = { name: 'reconciliation.due', data: { from } } as const;
  const outcomes: ItemOutcome<unknown, unknown>[] = [];
  for (const item of await reconcilePayments.items(message, ports())) {
    const answer = await reconcilePayments.answer(item, message, ports());
    if (isRefusal(answer)) throw new Error(answer.because);
    world.commit(answer);
    outcomes.push({ item, state: 'done', result: answer.result });
  }
  const close = await reconcilePayments.close(message, outcomes, ports());
  world.commit(close as Answer);
  return close.tell ?? [];
};

const passThrough = async (): Promise<Restore> => {
  for (let from: Instant | undefined = restore().reconciliation?.upTo; from !== undefined;) {
    const [next] = await hear(from);
    from = next?.name === 'reconciliation.due' ? instant(next.data.from) : undefined;
  }
  return restore();
};

const taken = () => world.stripe.books().charges.filter(({ status }) => status === 'succeeded').length;

it('a card charged in lost hours has paid its invoice, with account and ledger, and is not charged again', async () => {
  await chargedAndLost('pm_card_visa');
  const after = await passThrough();
  expect([after.state, after.reconciliation?.placed]).toEqual(['reconciled', 1]);
  expect(world.value('invoice', invoiceId)).toMatchObject({
    attempts: 1,
    openAttempt: null,
    status: { state: 'paid' },
  });
  expect(world.value('account', customerId).openItems).toEqual([]);
  expect(world.all('ledgerPage').map(({ cause }) => cause)).toEqual(['payment_succeeded']);
  world.put('restore', { ...after, state: 'open' });
  await world.run(collectPayment, billSent);
  expect(taken()).toBe(1);
});

it('a card declined in lost hours is tried again on its day, as the next attempt', async () => {
  await chargedAndLost('pm_card_chargeCustomerFail');
  world.put('restore', { ...(await passThrough()), state: 'open' });
  expect(world.value('invoice', invoiceId)).toMatchObject({
    attempts: 1,
    openAttempt: null,
    nextAttemptOn: '2026-03-04',
  });
  await world.pass(3 * 24 * 60);
  await world.run(collectPayment, { name: 'payment.due', data: { invoice: invoiceId } });
  expect(world.all('attempt').map(({ n, state }) => [n, state])).toEqual([
    [1, 'failed'],
    [2, 'failed'],
  ]);
});

it('books that are not billed again yet stay closed, and are asked to look once more', async () => {
  await chargedAndLost('pm_card_visa');
  world.put('invoice', { ...finalInvoice(), status: { state: 'draft' }, nextAttemptOn: null });
  world.put('subscription', subscription);
  const waiting = await passThrough();
  expect(waiting).toMatchObject({
    state: 'fenced',
    reconciliation: { waiting: { count: 1, first: [{ invoice: invoiceId }] } },
  });
  world.put('invoice', finalInvoice());
  world.put('restore', nextReconciliation(waiting, world.now()));
  expect((await passThrough()).state).toBe('reconciled');
  expect(world.value('invoice', invoiceId).status.state).toBe('paid');
});

it('money for a bill that is another one now is left to a person, and nothing more is charged', async () => {
  await chargedAndLost('pm_card_visa');
  world.put('invoice', finalInvoice({ minor: 20_000n, currency: 'USD' }));
  const after = await passThrough();
  expect(after).toMatchObject({ state: 'reconciled', reconciliation: { forAPerson: { count: 1 } } });
  world.put('restore', { ...after, state: 'open' });
  await world.run(collectPayment, billSent);
  expect([taken(), world.value('invoice', invoiceId).status.state]).toEqual([1, 'final']);
});

it('money for a subscription that the books lost is left to a person, and holds up nobody', async () => {
  await chargedAndLost('pm_card_visa');
  const [restored, customer] = [restore(), world.value('customer', customerId)];
  world.forgetAll();
  world.put('restore', restored);
  world.put('customer', customer);
  expect(await passThrough()).toMatchObject({
    state: 'reconciled',
    reconciliation: { forAPerson: { first: [{ because: 'The books do not have its subscription.' }] } },
  });
});

it('restored again before it was reconciled, a charge of the first lost hours still finds its place', async () => {
  await chargedAndLost('pm_card_visa');
  await world.pass(24 * 60);
  const second = closeBooks(
    { restoredTo: addMinutes(world.now(), -1), because: 'once more', by: 'key' },
    restore(),
    world.now(),
  );
  world.put('restore', nextReconciliation({ ...second, state: 'fenced' }, world.now()));
  world.put('restore', { ...(await passThrough()), state: 'open' });
  await world.run(collectPayment, billSent);
  expect([taken(), world.value('invoice', invoiceId).status.state]).toEqual([1, 'paid']);
});

it('money of a customer whom the books lost is left to a person', async () => {
  await chargedAndLost('pm_card_visa');
  const restored = restore();
  world.forgetAll();
  world.put('restore', restored);
  expect(await passThrough()).toMatchObject({
    state: 'reconciled',
    reconciliation: { forAPerson: { first: [{ because: 'The books do not have its customer.' }] } },
  });
});

it('a window told of twice is looked at once, and one of another pass not at all', async () => {
  await chargedAndLost('pm_card_visa');
  const from = restore().reconciliation!.upTo;
  await hear(from);
  const { upTo } = restore().reconciliation!;
  expect(await hear(from)).toEqual([]);
  expect(restore().reconciliation?.upTo).toBe(upTo);
});

it('news that was received, and its message lost with the hours, is told again', async () => {
  await chargedAndLost('pm_card_visa');
  const [event] = await world.payments
    .madeBetween(noon, addMinutes(noon, 10))
    .then((made) => (made.state === 'ok' ? made.value.events : []));
  const received = { id: event!, type: 'payment_intent.succeeded', object: 'pi_x', receivedAt: noon };
  world.put('stripeEvent', { ...received, state: 'received' });
  const message = { name: 'reconciliation.due', data: { from: restore().reconciliation!.upTo } } as const;
  const answer = await reconcilePayments.answer({ events: [event!, 'evt_unknown'] }, message, ports());
  expect(answer).toMatchObject({ tell: [{ name: 'stripe.event_received', data: { event } }] });
});
