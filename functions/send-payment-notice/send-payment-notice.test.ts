/** A declined card is told once an attempt, and only while it is news. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PaymentMethod } from '#domain/catalog/customer.ts';
import type { Invoice } from '#domain/invoicing/invoice.ts';
import type { PaymentAttempt } from '#domain/payments/payment-attempt.ts';
import { day } from '#domain/time/day.ts';
import { instant } from '#domain/time/instant.ts';
import { documents } from '#functions/adapters/documents/documents.ts';
import { create } from '#functions/handle.ts';
import type { MailMessage, Ports } from '#functions/ports.ts';
import { runOutside } from '#functions/runtime/run-step.ts';
import type { OutsideStep } from '#functions/step.ts';
import { bodyOf, invoiceOf, issued } from '#test/contracts/mail-bill.ts';
import { mailParts, partText } from '#test/contracts/mail-parts.ts';
import { type MemoryWorld, memoryWorld } from '#test/world/memory-world.ts';
import { sendPaymentNotice } from './send-payment-notice.ts';

const body = bodyOf();
let world: MemoryWorld;
let sends: MailMessage[];
let ports: Ports;

beforeEach(async () => {
  world = await memoryWorld();
  sends = [];
  ports = {
    books: world.ports.books,
    documents: documents({
      sender: 'billing@ch.example',
      payUrl: (invoice) => `https://billing.example/pay/${invoice}`,
    }),
    mail: {
      send: (message: MailMessage) => {
        sends.push(message);
        return Promise.resolve({ state: 'ok', value: { messageId: `ses-${sends.length}` } });
      },
    },
  } as unknown as Ports;
});
afterEach(() => world.close());

const saved: PaymentMethod = { state: 'saved', paymentMethod: 'pm_1', providerCustomer: 'prov_1' };
const put = async (
  invoice: Partial<Invoice> = {},
  attempt: Partial<PaymentAttempt> = {},
  payment: PaymentMethod = saved,
) => {
  const now = world.clock.now();
  const hash = await world.store.stage(body);
  const failed: PaymentAttempt = {
    invoice: body.invoice,
    n: 1,
    amount: body.total,
    how: 'saved_card',
    claimedAt: now,
    state: 'failed',
    intent: 'pi_1',
    changedAt: now,
    because: 'Your card was reported stolen.',
  };
  await world.store.transact(
    [
      create('invoice', { ...invoiceOf(body), body: hash, attempts: 1, nextAttemptOn: day('2026-02-04'), ...invoice }),
      create('person', { customer: body.customer, name: 'Ada', email: 'ada@customer.example', address: {} }),
      create('customer', {
        id: body.customer,
        externalId: body.externalId,
        currency: body.currency,
        timezone: body.timezone,
        billingEntity: 'main',
        netTermsDays: 14,
        payment,
        createdAt: now,
      }),
      create('attempt', { ...failed, ...attempt }),
    ],
    [],
    now,
  );
};
const deliver = (attempt = 1) =>
  runOutside({ ...world, ports }, sendPaymentNotice as unknown as OutsideStep<never>, {
    name: 'payment.failed',
    data: { invoice: body.invoice, attempt },
  });
const letter = async () => (await ports.books.get('letter', { invoice: body.invoice, step: 'declined-1' }))?.value;
const text = () => partText(mailParts(sends[0]!.mime), 'text/plain');

it('tells the customer once what is owed and when the card is tried again', async () => {
  await put();
  await deliver();
  world.moveTo(instant('2026-01-01T03:00:00.000Z'));
  await deliver();
  expect(sends.map(({ to }) => to)).toEqual(['ada@customer.example']);
  expect(text()).toContain('35.20 EUR is still to be paid');
  expect(text()).toContain('again on 2026-02-04');
  expect(text()).not.toContain('stolen');
  expect(await letter()).toMatchObject({ state: 'sent', messageId: 'ses-1' });
  expect(world.sent).toEqual([]);
});

it('asks to pay by the link where no further attempt is planned', async () => {
  await put({ nextAttemptOn: null });
  await deliver();
  expect(text()).toContain('We will not try the card again by ourselves. Please pay here:');
});

it('promises no further attempt where the customer gave a card since that the provider refused', async () => {
  await put({}, {}, { ...saved, state: 'refused', because: 'Expired.' });
  await deliver();
  expect(text()).toContain('We will not try the card again by ourselves. Please pay here:');
});

it.each([
  ['an invoice that is paid by now', { status: { ...issued, state: 'paid', paidAt: issued.finalizedAt } }, {}],
  ['an invoice that is void by now', { status: { ...issued, state: 'void', voidedAt: issued.finalizedAt } }, {}],
  ['an attempt that a newer one overtook', { attempts: 2 }, {}],
  ['an attempt whose outcome turned out another', {}, { state: 'unknown' }],
  ['an attempt on a page, where the customer saw it', {}, { how: 'checkout' }],
] as const)('says nothing of %s', async (_, invoice, attempt) => {
  await put(invoice, attempt);
  await deliver();
  expect(sends).toEqual([]);
  expect(await letter()).toBeUndefined();
});
