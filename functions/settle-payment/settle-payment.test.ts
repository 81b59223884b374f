/** Webhooks in every order, twice, early and late: one final state (I31), and money only by what agrees with our books (I28). */
import { afterEach, describe, expect, it } from 'vitest';
import { canonicalText } from '#domain/canonical.ts';
import { Outage } from '#domain/outage.ts';
import { instant } from '#domain/time/instant.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import { decideCheckout } from '#domain/payments/decide-charge.ts';
import { checkoutExpiresAt } from '#domain/payments/payment-attempt.ts';
import { customerId, finalInvoice, invoiceId, putOpenInvoice } from '#test/world/open-invoice.ts';
import { memoryBooks, type MemoryBooks, openPaymentsWorld, type PaymentsWorld } from '#test/world/payments-world.ts';
import { collectPayment } from '../collect-payment/collect-payment.ts';
import { settlePayment } from './settle-payment.ts';

const noon = instant('2026-03-01T12:00:00.000Z');
const due: DomainEvent = { name: 'payment.due', data: { invoice: invoiceId } };

let world: PaymentsWorld;
afterEach(() => world.close());

const openWith = async (card: string) => {
  world = await openPaymentsWorld(noon);
  const saved = await world.payments.saveMethod({ customer: customerId, paymentMethod: card });
  if (saved.state !== 'ok') throw new Error(saved.because);
  putOpenInvoice(world, { state: 'saved', ...saved.value });
};

const receive = (books: Pick<MemoryBooks, 'put'>, event: string, object: string) =>
  books.put('stripeEvent', {
    id: event,
    type: 'payment_intent.succeeded',
    object,
    receivedAt: noon,
    state: 'received',
  });
const heard = (event: string): DomainEvent => ({ name: 'stripe.event_received', data: { event } });
const invoice = () => world.value('invoice', invoiceId);
const eventState = (id: string) => world.value('stripeEvent', id).state;

function* permutations<Item>(items: readonly Item[]): Generator<readonly Item[], void, void> {
  if (items.length < 2) {
    yield items;
    return;
  }
  for (const [index, item] of items.entries())
    for (const rest of permutations(items.toSpliced(index, 1))) yield [item, ...rest];
}

/** One step on other books than the world's, as the runtime runs it. */
const settle = async (memory: MemoryBooks, payments: PaymentsWorld['payments'], message: DomainEvent) => {
  const ports = { books: memory.books, now: world.now() };
  const claimed = await settlePayment.claim(message as never, ports);
  if (!('call' in claimed)) return;
  const outcome = await settlePayment.act(claimed.call, { ...ports, payments });
  memory.commit((await settlePayment.record(claimed.call, outcome, ports)) as never);
};

const sortedState = (memory: MemoryBooks) =>
  canonicalText([
    memory.all('invoice'),
    [...memory.all('attempt')].sort((a, b) => a.n - b.n),
    memory.all('account'),
    memory.all('ledgerPage'),
    [...memory.all('stripeEvent')].sort((a, b) => (a.id < b.id ? -1 : 1)),
  ]);

describe('webhooks of a failed and a settled payment and of another business', () => {
  it('end the same in all 720 orders, and when each comes twice', async () => {
    await openWith('pm_double_declines_1_then_succeeds');
    await world.run(collectPayment, due);
    await world.pass(3 * 24 * 60);
    // The second charge is confirmed, but we die before we record it: only webhooks tell.
    await world.run(collectPayment, due, 'record').catch(() => undefined);
    await world.run(collectPayment, due, 'act').catch(() => undefined);
    const [first, second] = [1, 2].map((n) => world.value('attempt', { invoice: invoiceId, n }));
    expect([first?.state, second?.state, invoice().status.state]).toEqual(['failed', 'sent', 'final']);
    const objects = [
      first?.intent,
      first?.intent,
      second?.intent,
      second?.intent,
      'pi_of_another_business',
      'cs_of_another_business',
    ].map(String);

    // The provider's answers no longer change, so each is asked once.
    const answers = new Map<string, ReturnType<PaymentsWorld['payments']['lookUpIntent']>>();
    const payments = {
      ...world.payments,
      lookUpIntent: (id: string) =>
        answers.get(id) ?? (answers.set(id, world.payments.lookUpIntent(id)), answers.get(id)!),
    };
    const finalStates = new Set<string>();
    for (const order of permutations(objects.map((object, index) => ({ object, id: `evt_${index}` })))) {
      const memory = memoryBooks();
      for (const kind of ['invoice', 'attempt', 'account', 'customer', 'ledgerPage'] as const)
        for (const value of world.all(kind)) memory.put(kind, value);
      for (const { id, object } of order) receive(memory, id, object);
      for (const { id } of [...order, ...order]) await settle(memory, payments, heard(id));
      expect(memory.told).toEqual([{ name: 'payment.succeeded', data: { invoice: invoiceId, attempt: 2 } }]);
      finalStates.add(sortedState(memory));
    }
    expect(finalStates.size).toBe(1);
    const [state = ''] = finalStates;
    expect(state).toContain(`pay-${invoiceId}-2`);
    expect(state).toContain('"openItems":[]');
    expect(world.stripe.books().charges.filter(({ status }) => status === 'succeeded')).toHaveLength(1);
  });
});

describe('a webhook', () => {
  it('before our own call’s answer is recorded: paid once by either', async () => {
    await openWith('pm_card_visa');
    await world.run(collectPayment, due, 'record').catch(() => undefined);
    await world.run(collectPayment, due, 'act').catch(() => undefined);
    receive(world, 'evt_1', world.value('attempt', { invoice: invoiceId, n: 1 }).intent ?? '');
    await world.run(settlePayment, heard('evt_1'));
    await world.run(collectPayment, due);
    expect(invoice().status.state).toBe('paid');
    expect(world.told.map(({ name }) => name)).toEqual(['payment.succeeded']);
    expect(world.all('ledgerPage')).toHaveLength(1);
  });

  it.each(['claim', 'act', 'record'] as const)('survives a death after %s', async (death) => {
    await openWith('pm_card_visa');
    await world.run(collectPayment, due, 'record').catch(() => undefined);
    await world.run(collectPayment, due, 'act').catch(() => undefined);
    receive(world, 'evt_1', world.value('attempt', { invoice: invoiceId, n: 1 }).intent ?? '');
    await world.run(settlePayment, heard('evt_1'), death).catch(() => undefined);
    await world.run(settlePayment, heard('evt_1'));
    expect([invoice().status.state, eventState('evt_1'), world.all('ledgerPage').length]).toEqual([
      'paid',
      'handled',
      1,
    ]);
  });

  it('tells nothing while a bank debit is on its way, and pays when it has come', async () => {
    await openWith('pm_usBankAccount');
    await world.run(collectPayment, due);
    const { intent } = world.value('attempt', { invoice: invoiceId, n: 1 });
    receive(world, 'evt_1', intent ?? '');
    await world.run(settlePayment, heard('evt_1'));
    expect([invoice().status.state, eventState('evt_1')]).toEqual(['final', 'handled']);
    await world.pass(5 * 24 * 60);
    receive(world, 'evt_2', intent ?? '');
    await world.run(settlePayment, heard('evt_2'));
    expect(invoice().status.state).toBe('paid');
  });

  it('about a payment that names an attempt we never made, or not the one it made, pays nothing', async () => {
    await openWith('pm_card_visa');
    const customer = world.value('customer', customerId).payment;
    if (customer.state !== 'saved') throw new Error('the card is saved');
    const charge = { ...customer, invoice: invoiceId, amount: finalInvoice().total };
    const strange = await world.payments.createIntent({ ...charge, attempt: 7, key: 'strange' });
    if (strange.state !== 'ok') throw new Error(strange.because);
    await world.payments.confirmIntent(strange.value.intent, 'strange-confirm');
    receive(world, 'evt_1', strange.value.intent);
    await world.run(settlePayment, heard('evt_1'));
    expect([invoice().status.state, eventState('evt_1')]).toEqual(['final', 'quarantined']);

    await world.run(collectPayment, due, 'record').catch(() => undefined);
    const twin = await world.payments.createIntent({ ...charge, attempt: 1, key: 'twin' });
    if (twin.state !== 'ok') throw new Error(twin.because);
    await world.payments.confirmIntent(twin.value.intent, 'twin-confirm');
    receive(world, 'evt_2', twin.value.intent);
    await world.run(settlePayment, heard('evt_2'));
    expect([invoice().status.state, eventState('evt_2')]).toEqual(['final', 'quarantined']);
    expect(world.value('attempt', { invoice: invoiceId, n: 1 })).toMatchObject({
      state: 'sent',
      because: expect.stringContaining(twin.value.intent) as string,
    });
  });

  it('is left for a later delivery while the provider does not answer', async () => {
    world = await openPaymentsWorld(noon, { faults: { request: () => 'server_error_before' } });
    receive(world, 'evt_1', 'pi_1');
    await expect(world.run(settlePayment, heard('evt_1'))).rejects.toThrow(Outage);
    expect(eventState('evt_1')).toBe('received');
  });
});

describe('a payment page', () => {
  const openPage = async () => {
    world = await openPaymentsWorld(noon);
    putOpenInvoice(world, { state: 'none' });
    const decided = decideCheckout(invoice(), noon);
    if (decided.decision !== 'claim') throw new Error(decided.because);
    const { attempt } = decided;
    const opened = await world.payments.openCheckout({
      ...{
        invoice: invoiceId,
        attempt: 1,
        amount: attempt.amount,
        providerCustomer: null,
        paymentMethod: null,
        key: 'session',
      },
      ...{ description: 'Invoice', returnPath: '/pay/x', expiresAt: checkoutExpiresAt(attempt) },
    });
    if (opened.state !== 'ok') throw new Error(opened.because);
    world.put('invoice', decided.invoice);
    world.put('attempt', { ...attempt, state: 'sent', session: opened.value.session });
    return opened.value;
  };
  const pressPay = (url: string, card: string) =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ payment_method: card }), redirect: 'manual' });

  it('declined once and paid with another card: paid by either kind of event', async () => {
    const { session, url } = await openPage();
    expect((await pressPay(url, 'pm_card_chargeDeclined')).status).toBe(402);
    receive(world, 'evt_1', session);
    await world.run(settlePayment, heard('evt_1'));
    expect(invoice()).toMatchObject({ status: { state: 'final' }, openAttempt: 1 });
    expect((await pressPay(url, 'pm_card_visa')).status).toBe(303);
    const charge = world.stripe.books().charges.find(({ status }) => status === 'succeeded');
    receive(world, 'evt_2', charge?.paymentIntent ?? '');
    await world.run(settlePayment, heard('evt_2'));
    expect(invoice()).toMatchObject({ status: { state: 'paid' }, openAttempt: null });
    receive(world, 'evt_3', session);
    await world.run(settlePayment, heard('evt_3'));
    expect([eventState('evt_3'), world.all('ledgerPage').length]).toEqual(['handled', 1]);
  });

  it('left alone expires, tells nobody, and hands back to the plan', async () => {
    const { session } = await openPage();
    await world.pass(61);
    receive(world, 'evt_1', session);
    await world.run(settlePayment, heard('evt_1'));
    expect(world.value('attempt', { invoice: invoiceId, n: 1 }).state).toBe('failed');
    expect(invoice()).toMatchObject({ openAttempt: null, nextAttemptOn: '2026-03-01' });
    expect(world.told).toEqual([]);
  });
});
