/** A final invoice of 123.45 USD with its customer and account, for tests that collect it. */
import { day } from '#domain/time/day.ts';
import { instant } from '#domain/time/instant.ts';
import type { Invoice } from '#domain/invoicing/invoice.ts';
import type { Customer, PaymentMethod } from '#domain/catalog/customer.ts';
import { type Money, money } from '#domain/money/money.ts';
import type { TimeZone } from '#domain/time/zone.ts';
import type { MemoryBooks } from './payments-world.ts';

export const finalizedAt = instant('2026-03-01T01:30:00.000Z');
const code = '0123456789abcdefghij';
export const customerId = `cus_${code}`;
export const invoiceId = `inv_${code}_1_1`;

const customerWith = (payment: PaymentMethod): Customer => ({
  id: customerId,
  externalId: 'acme',
  currency: 'USD',
  timezone: 'UTC' as TimeZone,
  billingEntity: 'ch',
  netTermsDays: 14,
  payment,
  createdAt: finalizedAt,
});

export const finalInvoice = (total: Money = money('123.45', 'USD'), changed: Partial<Invoice> = {}): Invoice => ({
  id: invoiceId,
  customer: customerId,
  subscription: `sub_${code}_1`,
  period: 1,
  billingEntity: 'ch',
  run: 'run_1',
  total,
  body: 'b'.repeat(64),
  createdAt: finalizedAt,
  netTermsDays: 14,
  status: {
    ...{ state: 'final', number: 'CH-2026-000001', series: 'ch', serial: 1, finalizedAt, contentHash: 'c'.repeat(64) },
    issuedOn: day('2026-03-01'),
    dueOn: day('2026-03-15'),
  },
  nextAttemptOn: day('2026-03-01'),
  attempts: 0,
  openAttempt: null,
  ...changed,
});

/** Puts invoice, customer and account into the books. */
export const putOpenInvoice = (
  { put }: Pick<MemoryBooks, 'put'>,
  payment: PaymentMethod,
  invoice: Invoice = finalInvoice(),
): void => {
  put('customer', customerWith(payment));
  put('invoice', invoice);
  put('account', {
    ...{ customer: customerId, currency: 'USD', subscriptions: 1, usageSubscription: null },
    openItems: [{ invoice: invoice.id, number: 'CH-2026-000001', open: invoice.total, dueOn: day('2026-03-15') }],
  });
};
