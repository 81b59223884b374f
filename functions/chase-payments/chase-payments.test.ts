/** The chase over many invoices: oldest first, some at a time, and every one of them. */
import { expect, it } from 'vitest';
import { addDays, day } from '#domain/time/day.ts';
import { instant } from '#domain/time/instant.ts';
import type { Books } from '#functions/ports.ts';
import { finalInvoice } from '#test/world/open-invoice.ts';
import { memoryBooks } from '#test/world/payments-world.ts';
import { chasePayments } from './chase-payments.ts';

const now = instant('2026-03-20T09:00:00.000Z');
const message = { name: 'schedule', data: { at: now } } as const;
const idOf = (n: number) => `inv_0123456789abcdefghij_1_${n}`;

/** What a run tells, batch by batch. */
const told = async (books: Books) => {
  const ports = { books, now };
  const batches = [];
  for (const ids of await chasePayments.items(message, ports)) {
    const answer = await chasePayments.answer(ids, message, ports);
    batches.push('tell' in answer ? (answer.tell ?? []) : []);
  }
  return batches;
};

it('tells of all, the oldest first, few enough at a time for one transaction', async () => {
  const memory = memoryBooks();
  for (let n = 1; n <= 200; n += 1)
    memory.put(
      'invoice',
      finalInvoice(undefined, { id: idOf(n), attempts: 1, nextAttemptOn: addDays(day('2026-03-01'), n % 19) }),
    );
  const batches = await told(memory.books);
  expect(batches.map(({ length }) => length)).toEqual([50, 50, 50, 50]);
  const invoices = batches.flat().map(({ data }) => data.invoice);
  const dayOf = (id: string) => memory.value('invoice', id).nextAttemptOn ?? '';
  expect(invoices.map(dayOf)).toEqual(invoices.map(dayOf).toSorted());
  expect(new Set(invoices).size).toBe(200);
});

it('passes over what waits, however many, and tells what each invoice needs', async () => {
  const memory = memoryBooks();
  const fresh = finalInvoice();
  if (fresh.status.state !== 'final') throw new Error('the invoice is final');
  for (let n = 1; n <= 150; n += 1)
    memory.put('invoice', {
      ...fresh,
      id: idOf(n),
      nextAttemptOn: day('2026-03-19'),
      status: { ...fresh.status, finalizedAt: instant('2026-03-20T08:00:00.000Z') },
    });
  memory.put('invoice', finalInvoice(undefined, { id: idOf(151), nextAttemptOn: day('2026-03-20') }));
  memory.put(
    'invoice',
    finalInvoice(undefined, { id: idOf(152), nextAttemptOn: day('2026-03-20'), attempts: 2, openAttempt: 2 }),
  );
  memory.put('attempt', {
    ...{ invoice: idOf(152), n: 2, amount: fresh.total, how: 'saved_card', state: 'unknown', intent: 'pi_1' },
    ...{ claimedAt: instant('2026-03-20T07:00:00.000Z'), changedAt: instant('2026-03-20T07:30:00.000Z') },
  });
  expect((await told(memory.books)).flat()).toEqual([
    { name: 'payment.due', data: { invoice: idOf(151) } },
    { name: 'payment.unsettled', data: { invoice: idOf(152), attempt: 2 } },
  ]);
});

it('tells nothing where the index lags behind what was paid', async () => {
  const memory = memoryBooks();
  const books = { ...memory.books, due: async () => [`2026-03-01#${idOf(1)}`, `2026-03-01#${idOf(2)}`] };
  memory.put('invoice', finalInvoice(undefined, { id: idOf(1), nextAttemptOn: null }));
  expect((await told(books)).flat()).toEqual([]);
});
