/**
 * The ledger page of a payment: what was receivable is now with the provider
 * (`clearing`), until it is paid out to our bank. Its transaction id is the attempt's,
 * so a payment recorded twice is one page.
 */
import type { Invoice } from '../invoicing/invoice.ts';
import type { PaymentAttempt } from '../payments/payment-attempt.ts';
import { utcDay } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { balanced, type LedgerPage } from './ledger-page.ts';

export const paymentPage = (invoice: Invoice, { n, amount }: PaymentAttempt, now: Instant): LedgerPage => {
  const about = { amount, customer: invoice.customer, invoice: invoice.id };
  return balanced({
    entity: invoice.billingEntity,
    tx: `pay-${invoice.id}-${String(n)}`,
    cause: 'payment_succeeded',
    postedOn: utcDay(now),
    effectiveOn: utcDay(now),
    recordedAt: now,
    entries: [
      { account: 'clearing', side: 'debit', ...about },
      { account: 'receivables', side: 'credit', ...about },
    ],
  });
};
