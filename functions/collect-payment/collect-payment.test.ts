/** The whole step on the real adapter and the Stripe double; how often a card was charged is asked of the double's own books (I24). */
import { afterEach, describe, expect, it } from 'vitest';
import { money } from '#domain/money/money.ts';
import { instant } from '#domain/time/instant.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import type { RequestFault } from '#local/stripe/faults.ts';
import { customerId, finalInvoice, invoiceId, putOpenInvoice } from '#test/world/open-invoice.ts';
import { Died, type DiesAfter, openPaymentsWorld, type PaymentsWorld } from '#test/world/payments-world.ts';
import { collectPayment } from './collect-payment.ts';

const billSent: DomainEvent = { name: 'bill.sent', data: { invoice: invoiceId } };
const due: DomainEvent = { name: 'payment.due', data: { invoice: invoiceId } };
const unsettled = (attempt: number): DomainEvent => ({
  name: 'payment.unsettled',
  data: { invoice: invoiceId, attempt },
});
const noon = instant('2026-03-01T12:00:00.000Z');

let world: PaymentsWorld;
afterEach(() => world.close());

type Strike = (path: string, method: string) => RequestFault | undefined;

const openWith = async (
  card: string,
  { strike, invoice = finalInvoice() }: { strike?: Strike; invoice?: ReturnType<typeof finalInvoice> } = {},
) => {
  world = await openPaymentsWorld(noon, { faults: { request: ({ path, method }) => strike?.(path, method) } });
  const saved = await world.payments.saveMethod({ customer: customerId, paymentMethod: card });
  if (saved.state !== 'ok') throw new Error(saved.because);
  putOpenInvoice(world, { state: 'saved', ...saved.value }, invoice);
  return world;
};

const invoice = () => world.value('invoice', invoiceId);
const attempt = (n: number) => world.value('attempt', { invoice: invoiceId, n });
const charges = (status: string) => world.stripe.books().charges.filter((charge) => charge.status === status);
const confirms = (path: string) => path.endsWith('/confirm');
/** Faults that strike the first request of a kind and no other. */
const once = (matches: (path: string, method: string) => boolean, fault: RequestFault): Strike => {
  let struck = false;
  return (path, method) => {
    if (struck || !matches(path, method)) return undefined;
    struck = true;
    return fault;
  };
};

const expectPaidOnce = () => {
  expect(charges('succeeded')).toMatchObject([{ amount: 12_345, currency: 'usd', invoice: invoiceId }]);
  expect(invoice()).toMatchObject({ status: { state: 'paid' }, openAttempt: null, nextAttemptOn: null });
  expect(world.value('account', customerId).openItems).toEqual([]);
  expect(
    world.all('ledgerPage').map(({ tx, entries }) => [tx, entries.map(({ account, side }) => `${side} ${account}`)]),
  ).toEqual([[`pay-${invoiceId}-${invoice().attempts}`, ['debit clearing', 'credit receivables']]]);
  expect(world.told.filter(({ name }) => name === 'payment.succeeded')).toHaveLength(1);
};

describe('a card that works', () => {
  it('is charged once, and paid, accounted and told in one transaction', async () => {
    await openWith('pm_card_visa');
    await world.run(collectPayment, billSent);
    expectPaidOnce();
    expect(attempt(1)).toMatchObject({ state: 'succeeded', intent: charges('succeeded')[0]?.paymentIntent });
    for (const message of [billSent, due, unsettled(1)]) await world.run(collectPayment, message);
    expectPaidOnce();
  });

  it('is charged once by two runs at the same time', async () => {
    await openWith('pm_card_visa');
    // One may meet the other's key in use; its message comes again.
    const [...ended] = await Promise.allSettled([world.run(collectPayment, billSent), world.run(collectPayment, due)]);
    expect(ended.some(({ status }) => status === 'fulfilled')).toBe(true);
    await world.run(collectPayment, due);
    expectPaidOnce();
  });
});

describe('a process that dies', () => {
  const points: DiesAfter[] = ['claim', 'act', 'record'];
  const sequences = points.flatMap((first) => [
    [first],
    ...points.map((second) => [first, second]),
    ...points.map((last) => [first, 'nothing', last] as DiesAfter[]),
  ]);

  it.each(sequences)('after %s %s %s: one charge all the same', async (...deaths) => {
    await openWith('pm_card_visa');
    for (const death of deaths as (DiesAfter | undefined)[]) {
      if (death !== undefined)
        await world.run(collectPayment, billSent, death).catch((error: unknown) => expect(error).toBeInstanceOf(Died));
    }
    await world.run(collectPayment, billSent);
    expectPaidOnce();
  });

  it('after its claim, and comes back 25 hours later, when the provider forgot the key: looks for the payment first', async () => {
    await openWith('pm_card_visa');
    await expect(world.run(collectPayment, billSent, 'act')).rejects.toThrow(Died);
    expect(attempt(1)).toMatchObject({ state: 'claimed', intent: null });
    await world.pass(25 * 60);
    await world.run(collectPayment, unsettled(1));
    expectPaidOnce();
    const { value } = (await world.payments.findIntent(invoiceId, 1)) as { value: { intent: string | null } };
    expect(attempt(1).intent).toBe(value.intent);
  });
});

describe('an outcome nobody knows', () => {
  it('stays unknown, is told, and is looked up before anything else: the charge that happened is found', async () => {
    const asked: string[] = [];
    const strike = once(confirms, 'server_error_after');
    await openWith('pm_card_visa', {
      strike: (path, method) => (asked.push(`${method} ${path}`), strike(path, method)),
    });
    await world.run(collectPayment, billSent);
    expect(attempt(1)).toMatchObject({ state: 'unknown' });
    expect(invoice()).toMatchObject({ status: { state: 'final' }, openAttempt: 1 });
    expect(world.told).toEqual([{ name: 'payment.unknown', data: { invoice: invoiceId, attempt: 1 } }]);
    asked.length = 0;
    await world.run(collectPayment, due);
    expect(asked).toEqual([`GET /v1/payment_intents/${String(attempt(1).intent)}`]);
    expectPaidOnce();
  });

  it('under a key that answers its stored 500 for a day: no other key, amount or payment is tried', async () => {
    await openWith('pm_card_visa', { strike: once(confirms, 'server_error_before') });
    for (let hour = 0; hour < 26; hour += 1) {
      await world.run(collectPayment, hour === 0 ? billSent : unsettled(1));
      await world.pass(60);
    }
    expectPaidOnce();
    expect(invoice().attempts).toBe(1);
  });

  it('of the creation moves nothing and is asked again under the same key', async () => {
    const creates: Strike = once(
      (path, method) => method === 'POST' && path === '/v1/payment_intents',
      'server_error_after',
    );
    await openWith('pm_card_visa', { strike: creates });
    await world.run(collectPayment, billSent);
    expect(attempt(1)).toMatchObject({ state: 'claimed' });
    expect(charges('succeeded')).toEqual([]);
    await world.pass(25 * 60);
    await world.run(collectPayment, unsettled(1));
    expectPaidOnce();
  });
});

describe('a card that is declined', () => {
  it('is tried on the day, after 3, 5 and 7 days, and then by nobody', async () => {
    await openWith('pm_double_insufficientFunds');
    const days: (string | null)[] = [];
    for (let minutes = 0; minutes <= 30 * 24 * 60; minutes += 24 * 60) {
      const before = invoice().attempts;
      await world.run(collectPayment, due);
      if (invoice().attempts > before) days.push(world.now().slice(0, 10));
      await world.pass(24 * 60);
    }
    // 1 March + 3 = 4 March, + 5 = 9 March, + 7 = 16 March.
    expect(days).toEqual(['2026-03-01', '2026-03-04', '2026-03-09', '2026-03-16']);
    expect(invoice()).toMatchObject({
      status: { state: 'final' },
      attempts: 4,
      openAttempt: null,
      nextAttemptOn: null,
    });
    expect(attempt(4)).toMatchObject({ state: 'failed', because: 'Your card has insufficient funds.' });
    expect(world.told.map(({ name }) => name)).toEqual(Array(4).fill('payment.failed'));
    expect(world.all('ledgerPage')).toEqual([]);
  });

  it('and works the next time: paid once', async () => {
    await openWith('pm_double_declines_1_then_succeeds');
    await world.run(collectPayment, billSent);
    expect(invoice()).toMatchObject({ nextAttemptOn: '2026-03-04', openAttempt: null });
    await world.run(collectPayment, billSent);
    await world.run(collectPayment, due);
    expect(invoice().attempts).toBe(1);
    await world.pass(3 * 24 * 60);
    await world.run(collectPayment, due);
    expectPaidOnce();
  });

  it('because its holder must confirm: nothing is charged behind their back', async () => {
    await openWith('pm_card_authenticationRequired');
    await world.run(collectPayment, billSent);
    expect(attempt(1)).toMatchObject({ state: 'failed', because: expect.stringContaining('authentication') as string });
    expect(charges('succeeded')).toEqual([]);
  });
});

describe('a bank debit', () => {
  it('is not paid before its days have passed', async () => {
    await openWith('pm_usBankAccount');
    await world.run(collectPayment, billSent);
    expect(attempt(1)).toMatchObject({ state: 'sent' });
    expect(invoice()).toMatchObject({ status: { state: 'final' }, openAttempt: 1, nextAttemptOn: '2026-03-02' });
    await world.pass(3 * 24 * 60);
    await world.run(collectPayment, unsettled(1));
    expect(invoice().status.state).toBe('final');
    await world.pass(2 * 24 * 60);
    await world.run(collectPayment, unsettled(1));
    expectPaidOnce();
  });

  it('that fails days later leaves the invoice owed', async () => {
    await openWith('pm_usBankAccount_insufficientFunds');
    await world.run(collectPayment, billSent);
    await world.pass(5 * 24 * 60);
    await world.run(collectPayment, unsettled(1));
    expect(invoice()).toMatchObject({ status: { state: 'final' }, openAttempt: null, nextAttemptOn: '2026-03-09' });
    expect(world.value('account', customerId).openItems).toHaveLength(1);
  });
});

describe('what is not owed', () => {
  it('is not charged where the invoice was voided between creation and confirmation', async () => {
    await openWith('pm_card_visa');
    // Dies with the intent stored and unconfirmed.
    await expect(world.run(collectPayment, billSent, 'record')).rejects.toThrow(Died);
    expect(attempt(1).state).toBe('sent');
    const { status } = invoice();
    if (status.state !== 'final') throw new Error('the invoice is final');
    world.put('invoice', { ...invoice(), status: { ...status, state: 'void', voidedAt: noon } });
    await world.run(collectPayment, billSent);
    expect(world.stripe.books().charges).toEqual([]);
    expect(attempt(1).state).toBe('failed');
    expect(invoice()).toMatchObject({ status: { state: 'void' }, openAttempt: null });
    expect(world.told).toEqual([]);
  });

  it('or too little is given up without a call', async () => {
    await openWith('pm_card_visa', { invoice: finalInvoice(money('0.49', 'USD')) });
    await world.run(collectPayment, billSent);
    expect(invoice()).toMatchObject({ attempts: 0, nextAttemptOn: null });
    expect(world.stripe.books().charges).toEqual([]);
  });
});

describe('a provider that is too busy', () => {
  it('throws an outage, so that the message comes again, and nothing is lost', async () => {
    await openWith('pm_card_visa', { strike: once(confirms, 'rate_limited') });
    await expect(world.run(collectPayment, billSent)).rejects.toThrow('rate limit');
    await world.run(collectPayment, billSent);
    expectPaidOnce();
  });
});
