/** The bill says what becomes of its payment as the records stand when it is claimed; on the store in memory. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PaymentMethod } from '#domain/catalog/customer.ts';
import { money } from '#domain/money/money.ts';
import { decideCheckout } from '#domain/payments/decide-charge.ts';
import { documents } from '#functions/adapters/documents/documents.ts';
import { change, create } from '#functions/handle.ts';
import type { Books, MailMessage, Ports } from '#functions/ports.ts';
import { runOutside } from '#functions/runtime/run-step.ts';
import type { OutsideStep } from '#functions/step.ts';
import { bodyOf, invoiceOf, lineOf } from '#test/contracts/mail-bill.ts';
import { mailParts, partText } from '#test/contracts/mail-parts.ts';
import { type MemoryWorld, memoryWorld } from '#test/world/memory-world.ts';
import { sendBill } from './send-bill.ts';

const saved: PaymentMethod = { state: 'saved', paymentMethod: 'pm_1', providerCustomer: 'prov_1' };
const payUrl = (invoice: string) => `https://billing.example/pay/${invoice}`;

let memory: MemoryWorld;
let sends: MailMessage[];
beforeEach(async () => {
  memory = await memoryWorld();
  sends = [];
});
afterEach(() => memory.close());

const put = async (payment: PaymentMethod, body = bodyOf()) => {
  const { customer: id, currency, timezone } = body;
  const now = memory.clock.now();
  const usual = { externalId: 'ada', billingEntity: 'main', netTermsDays: 14, createdAt: now };
  await memory.store.transact(
    [
      create('invoice', { ...invoiceOf(body), body: await memory.store.stage(body) }),
      create('person', { customer: id, name: 'Ada', email: 'ada@customer.example', address: {} }),
      create('customer', { ...usual, id, currency, timezone, payment }),
    ],
    [],
    now,
  );
};
const deliver = (books: Books = memory.ports.books) => {
  const mail = {
    send: async (message: MailMessage) => {
      sends.push(message);
      return { state: 'ok', value: { messageId: 'ses-1' } };
    },
  };
  const ports = { books, documents: documents({ sender: 'billing@ch.example', payUrl }), mail };
  return runOutside({ ...memory, ports: ports as unknown as Ports }, sendBill as unknown as OutsideStep<never>, {
    name: 'invoice.finalized',
    data: { invoice: bodyOf().invoice },
  });
};
const text = () => partText(mailParts(sends[0]!.mime), 'text/plain');

it.each<[PaymentMethod, string]>([
  [saved, 'We charge your saved card; you need to do nothing.'],
  [{ state: 'given', paymentMethod: 'pm_1' }, 'We charge your saved card; you need to do nothing.'],
  [{ state: 'none' }, 'Please pay with this link:'],
  [{ state: 'refused', paymentMethod: 'pm_1', because: 'No such card.' }, 'Please pay with this link:'],
])('to a customer with %j it says %j', async (payment, said) => {
  await put(payment);
  await deliver();
  expect(text()).toContain(said);
  expect(text()).toContain(payUrl(bodyOf().invoice));
});

it('about less than a card can be charged it says so, and leads to no page that would refuse it', async () => {
  const body = bodyOf({ lines: [lineOf({ amount: money('0.49', 'EUR') })] });
  await put(saved, body);
  await deliver();
  expect(text()).toContain('0.49 EUR is too small an amount for a card payment');
  expect(text()).not.toContain('/pay/');
  expect(decideCheckout(invoiceOf(body), memory.clock.now()).decision).toBe('refused');
});

it('promises nothing of a card that is refused while the bill is written', async () => {
  await put(saved);
  const { books } = memory.ports;
  let isFirst = true;
  // The last thing the claim reads; then the provider says no.
  const racing = {
    ...books,
    part: async (hash: string) => {
      const customer = (await books.get('customer', bodyOf().customer))!;
      const payment = { ...saved, state: 'refused', because: 'Expired.' } as const;
      if (isFirst)
        await memory.store.transact([change(customer, { ...customer.value, payment })], [], memory.clock.now());
      isFirst = false;
      return books.part(hash);
    },
  };
  await deliver(racing);
  expect(sends).toHaveLength(1);
  expect(text()).toContain('Please pay with this link:');
});
