/**
 * Finds open invoices whose card is due, or whose payment was left without an
 * outcome, oldest first. The index only finds; the invoice decides. A run tells of
 * at most 80, and the next hour goes on, so a bad night at the provider is worked
 * off evenly.
 */
import type { DomainEvent } from '#events/domain-events.ts';
import { present } from '#domain/assert.ts';
import { decideChase } from '#domain/payments/decide-chase.ts';
import { utcDay } from '#domain/time/day.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Handle } from '../handle.ts';
import type { Books } from '../ports.ts';
import type { StepCode } from '../step.ts';

const mostTold = 80;
const readTogether = 100;

type Told = DomainEvent<'payment.due' | 'payment.unsettled'>;

export const chasePayments: StepCode<'chase-payments'> = async (_, { books, now }) => {
  // `~` sorts after everything an id can be made of: all of today is due.
  const sorts = (await books.due('payment', `${utcDay(now)}~`)).toSorted();
  const tell: Told[] = [];
  for (let at = 0; at < sorts.length && tell.length < mostTold; at += readTogether) {
    tell.push(...(await chase(books, sorts.slice(at, at + readTogether), now)));
  }
  return { tell: tell.slice(0, mostTold) };
};

const chase = async (books: Books, sorts: readonly string[], now: Instant): Promise<readonly Told[]> => {
  const invoices = await books.getAll('invoice', sorts.map(invoiceIn));
  const open = invoices.flatMap(({ value: { id, openAttempt } }) =>
    openAttempt === null ? [] : [{ invoice: id, n: openAttempt }],
  );
  const attempts = new Map((await books.getAll('attempt', open)).map(({ value }) => [value.invoice, value]));
  return invoices.flatMap((invoice) =>
    toldOf(invoice, decideChase(invoice.value, attempts.get(invoice.value.id), now)),
  );
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

const invoiceIn = (sort: string): string => sort.slice(sort.indexOf('#') + 1);
