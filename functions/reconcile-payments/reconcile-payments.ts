/**
 * Brings restored books in line with the payment provider, a window of ten minutes a
 * message: every payment made there finds its attempt and invoice, is adopted where the
 * books have lost it, and is settled by the ordinary rule. It only reads at the provider.
 * What has no place yet waits for its invoice; what disagrees is left to a person, and
 * its invoice is not charged meanwhile.
 */
import { Outage } from '#domain/outage.ts';
import { adoptPayment, type MadePayment } from '#domain/restore/adopt-payment.ts';
import { afterWindow, type Placing, windowOf } from '#domain/restore/reconciliation.ts';
import type { Restore } from '#domain/restore/restore.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import { change, type Handle } from '../handle.ts';
import type { Books, Payments } from '../ports.ts';
import { type EachStep, type ItemOutcome, type Message, nothingToDo, type StepCode } from '../step.ts';
import { adoptionWrites } from './adoption-writes.ts';
import { whyNoInvoice } from './why-no-invoice.ts';

type Item = { readonly payment: MadePayment } | { readonly events: readonly string[] };

const step: EachStep<'reconcile-payments', Item, Placing> = {
  nameOf: (item) => ('payment' in item ? nameOf(item.payment) : `${String(item.events.length)} events`),

  items: async (message, { books, payments }) => {
    const window = await openWindow(message, books);
    if (window === undefined) return [];
    const made = await madeIn(window, payments);
    return [...made.payments.map((payment) => ({ payment })), { events: made.events }];
  },

  answer: async (item, _, { books, now }) => {
    if ('events' in item) return { tell: await eventsLeftLying(item.events, books), result: { state: 'placed' } };
    const { invoice: id, attempt } = item.payment.news.pays;
    const invoice = await books.get('invoice', id);
    if (invoice === undefined || invoice.value.status.state === 'draft')
      return { result: { ...(await whyNoInvoice(id, books)), invoice: id, attempt } };
    const attempts = await books.getAll(
      'attempt',
      Array.from({ length: invoice.value.attempts }, (__, i) => ({ invoice: id, n: i + 1 })),
    );
    const isKnown = attempts.some(({ key }) => key.n === attempt);
    if (!isKnown && invoice.value.status.state !== 'final') return { result: notOwed(item.payment) };
    const file = { invoice: invoice.value, attempts: attempts.map(({ value }) => value) };
    const adoption = adoptPayment(file, item.payment, now);
    const { settlement } = adoption;
    return {
      write: await adoptionWrites(adoption, { invoice, attempts }, books, now),
      result:
        settlement.outcome === 'quarantined'
          ? { state: 'for_a_person', because: settlement.because, invoice: id, attempt }
          : { state: 'placed' },
    };
  },

  close: async (message, outcomes, { books, now }) => {
    const window = await openWindow(message, books);
    if (window === undefined) return nothingToDo;
    const after = afterWindow(window.restore.value, window.until, outcomes.flatMap(placingOf), now);
    return {
      write: [change(window.restore, after)],
      tell:
        windowOf(after) === undefined
          ? []
          : [{ name: 'reconciliation.due', data: { from: window.until } } satisfies DomainEvent],
    };
  },
};
export const reconcilePayments: StepCode<'reconcile-payments'> = step;

interface Window {
  readonly restore: Handle<'restore'>;
  readonly from: NonNullable<ReturnType<typeof windowOf>>['from'];
  readonly until: NonNullable<ReturnType<typeof windowOf>>['until'];
}

/** The window the message names, where it is the one the pass has come to. */
const openWindow = async ({ data }: Message<'reconcile-payments'>, books: Books): Promise<Window | undefined> => {
  const restore = await books.get('restore', 'latest');
  const window = restore === undefined || isOver(restore.value) ? undefined : windowOf(restore.value);
  return restore === undefined || window?.from !== data.from ? undefined : { restore, ...window };
};

const isOver = ({ state }: Restore): boolean => state === 'open' || state === 'closed';

/** In the order in which attempts follow each other; of two payments of one attempt the one that money can be with. */
const madeIn = async ({ from, until }: Window, payments: Payments) => {
  const made = await payments.madeBetween(from, until);
  if (made.state !== 'ok') throw new Outage(`what was made from ${from} on: ${made.because}`);
  const perAttempt = Map.groupBy(made.value.payments, nameOf);
  const one = [...perAttempt.values()].flatMap((same) => same.find(hasMoney) ?? same.slice(0, 1));
  return { events: made.value.events, payments: one.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) };
};

const hasMoney = ({ news }: MadePayment): boolean =>
  news.payment?.state === 'succeeded' || news.payment?.state === 'processing';

const nameOf = ({ news: { pays } }: MadePayment): string => `${pays.invoice} ${String(pays.attempt).padStart(6, '0')}`;

/** News that came just before the moment restored to, and whose message was taken in the hours after. */
const eventsLeftLying = async (events: readonly string[], books: Books) =>
  (await books.getAll('stripeEvent', events)).flatMap(({ value }): DomainEvent<'stripe.event_received'>[] =>
    value.state === 'received' ? [{ name: 'stripe.event_received', data: { event: value.id } }] : [],
  );

const notOwed = ({ news }: MadePayment): Placing => {
  const { invoice, attempt } = news.pays;
  return { state: 'for_a_person', because: 'Its invoice is not owed.', invoice, attempt };
};

/** One that could not be answered keeps the books closed, as one that waits does. */
const placingOf = (outcome: ItemOutcome<Item, Placing>): readonly Placing[] => {
  if ('events' in outcome.item) return [];
  if (outcome.state === 'done') return [outcome.result];
  const { invoice, attempt } = outcome.item.payment.news.pays;
  return [{ state: 'waiting', because: outcome.because, invoice, attempt }];
};
