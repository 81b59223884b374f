/** Two deliveries settle one attempt at once: whichever read the other's settlement falls behind, it is no bug. */
import { expect, it } from 'vitest';
import { decideSettlement } from '#domain/payments/decide-settlement.ts';
import { isOpen, type PaymentAttempt } from '#domain/payments/payment-attempt.ts';
import { money } from '#domain/money/money.ts';
import { instant } from '#domain/time/instant.ts';
import { customerId, finalInvoice, finalizedAt, invoiceId, putOpenInvoice } from '#test/world/open-invoice.ts';
import { memoryBooks, type MemoryBooks } from '#test/world/payments-world.ts';
import type { Books } from '../ports.ts';
import { readPaymentFile, settlementWrites } from './payment-file.ts';

const now = instant('2026-03-01T12:00:00.000Z');
const method = { providerCustomer: 'cus_1', paymentMethod: 'pm_1' };
const attempt: PaymentAttempt = {
  ...{ invoice: invoiceId, n: 1, how: 'saved_card', state: 'sent', amount: money('123.45', 'USD'), method },
  ...{ intent: 'pi_1', claimedAt: finalizedAt, changedAt: finalizedAt },
};
const pays = { invoice: invoiceId, attempt: 1 };
const paid = { pays, payment: { pays, intent: 'pi_1', state: 'succeeded', amount: attempt.amount } as const };

/** Settles by what the provider says; false where another had done so. */
const settle = async (books: Books, memory: MemoryBooks): Promise<boolean> => {
  const file = await readPaymentFile(books, invoiceId, 1);
  if (file === undefined || !isOpen(file.attempt.value)) return false;
  const settlement = decideSettlement({ invoice: file.invoice.value, attempt: file.attempt.value }, paid, now);
  memory.commit({ write: settlementWrites(file, settlement, now) });
  return true;
};

it.each([1, 2, 3])('settled by another before read %i', async (before) => {
  const memory = memoryBooks();
  putOpenInvoice(
    memory,
    { state: 'saved', ...method },
    finalInvoice(attempt.amount, { attempts: 1, openAttempt: 1, nextAttemptOn: null }),
  );
  memory.put('attempt', attempt);
  let reads = 0;
  const raced: Books = {
    ...memory.books,
    get: async (kind, key) => {
      reads += 1;
      if (reads === before) expect(await settle(memory.books, memory)).toBe(true);
      return memory.books.get(kind, key);
    },
  };

  const late = settle(raced, memory);
  // Either it finds the work done, or it lost a version and reads again.
  await late.then(
    (settled) => {
      expect(settled).toBe(false);
    },
    (error: unknown) => {
      expect(String(error)).toMatch(/moved on/);
    },
  );
  expect(reads).toBe(3);
  expect(memory.value('invoice', invoiceId).status.state).toBe('paid');
  expect(memory.value('account', customerId).openItems).toEqual([]);
});
