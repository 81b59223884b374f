/**
 * Finds open invoices whose card is due, or whose payment was left without an outcome,
 * oldest first. The index only finds; the invoice decides. It tells of them some at a
 * time until all are told of, so those that cannot be charged keep nobody waiting.
 * Restored books are chased once they are reconciled.
 */
import type { DomainEvent } from '#events/domain-events.ts';
import { present } from '#domain/assert.ts';
import { decideChase } from '#domain/payments/decide-chase.ts';
import { isRefusal } from '#domain/refusal.ts';
import { utcDay } from '#domain/time/day.ts';
import type { Handle } from '../handle.ts';
import { restoreGate } from '../records/restore-gate.ts';
import { type EachStep, nothingToDo } from '../step.ts';

const together = 50;

type Told = DomainEvent<'payment.due' | 'payment.unsettled'>;

export const chasePayments: EachStep<'chase-payments', readonly string[], number> = {
  nameOf: ([first = '', ...others]) => `${first} and ${String(others.length)} more`,
  split: (ids) => ids.map((id) => [id]),

  items: async (_, { books, now }) => {
    if (isRefusal(await restoreGate('charge', books))) return [];
    // `~` sorts after everything an id can be made of: all of today is due.
    const sorts = (await books.due('payment', `${utcDay(now)}~`)).toSorted();
    const ids = sorts.map((sort) => sort.slice(sort.indexOf('#') + 1));
    return Array.from({ length: Math.ceil(ids.length / together) }, (__, i) =>
      ids.slice(i * together, (i + 1) * together),
    );
  },

  answer: async (ids, _, { books, now }) => {
    const invoices = await books.getAll('invoice', ids);
    const open = invoices.flatMap(({ value: { id, openAttempt } }) =>
      openAttempt === null ? [] : [{ invoice: id, n: openAttempt }],
    );
    const attempts = new Map((await books.getAll('attempt', open)).map(({ value }) => [value.invoice, value]));
    const tell = invoices.flatMap((invoice) =>
      toldOf(invoice, decideChase(invoice.value, attempts.get(invoice.value.id), now)),
    );
    return { tell, result: tell.length };
  },

  close: () => Promise.resolve(nothingToDo),
};

const toldOf = (
  { value: { id, openAttempt } }: Handle<'invoice'>,
  chased: ReturnType<typeof decideChase>,
): readonly Told[] => {
  switch (chased) {
    case 'due':
      return [{ name: 'payment.due', data: { invoice: id } }];
    case 'unsettled':
      return [
        {
          name: 'payment.unsettled',
          data: { invoice: id, attempt: present(openAttempt, 'an unsettled invoice has its open attempt') },
        },
      ];
    case 'nothing':
      return [];
  }
};
