/** An invoice read through the API says what becomes of its payment by itself, by what the records say now. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PaymentMethod } from '#domain/catalog/customer.ts';
import type { Invoice } from '#domain/invoicing/invoice.ts';
import { money } from '#domain/money/money.ts';
import { change, create } from '#functions/handle.ts';
import { commit } from '#functions/runtime/commit.ts';
import { bodyOf, invoiceOf } from '#test/contracts/mail-bill.ts';
import { type ApiWorld, apiWorld } from './api-world.ts';

const body = bodyOf();
const invoice = invoiceOf(body, { run: 'run_2026-02-01' });
const none: PaymentMethod = { state: 'none' };
const saved: PaymentMethod = { state: 'saved', paymentMethod: 'pm_1', providerCustomer: 'prov_1' };
const refused: PaymentMethod = { state: 'refused', paymentMethod: 'pm_1', because: 'Expired.' };

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld();
  const { customer: id, currency, timezone, externalId } = body;
  const usual = { billingEntity: 'main', netTermsDays: 14, createdAt: invoice.createdAt };
  const customer = { ...usual, id, externalId, currency, timezone, payment: none };
  await commit(api.world, { stage: [body], write: [create('invoice', invoice), create('customer', customer)] });
});
afterAll(() => api.close());

const become = async (parts: Partial<Invoice>, payment: PaymentMethod) => {
  const { books } = api.world.ports;
  const [head, customer] = [await books.get('invoice', invoice.id), await books.get('customer', invoice.customer)];
  await commit(api.world, {
    write: [change(head!, { ...invoice, ...parts }), change(customer!, { ...customer!.value, payment })],
  });
};

it.each<[string, Partial<Invoice>, PaymentMethod, string, string | null]>([
  ['no card', {}, none, 'no_method', '2026-02-01'],
  ['a refused card', {}, refused, 'no_method', '2026-02-01'],
  ['a saved card', {}, saved, 'due', '2026-02-01'],
  ['a card declined for good', { nextAttemptOn: null }, saved, 'gave_up', null],
  ['an attempt under way', { openAttempt: 1 }, saved, 'under_way', null],
  ['0.49 EUR to pay', { total: money('0.49', 'EUR') }, saved, 'not_by_card', null],
  ['a draft', { status: { state: 'draft' }, nextAttemptOn: null }, saved, 'none', null],
])('with %s', async (_, parts, payment, state, nextAttemptOn) => {
  await become(parts, payment);
  expect((await api.get(`/v1/invoices/${invoice.id}`)).body.collection).toEqual({ state, nextAttemptOn });
});
