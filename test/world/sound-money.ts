/** What follows a night of the sound snapshot: drafts are numbered and mailed, and cards charged. */
import { present } from '#domain/assert.ts';
import { decideNumbers } from '#domain/invoicing/decide-numbers.ts';
import type { Invoice } from '#domain/invoicing/invoice.ts';
import { finalizedPage } from '#domain/ledger/finalized-page.ts';
import { paymentPage } from '#domain/ledger/payment-page.ts';
import { nothing } from '#domain/money/money.ts';
import { decideCharge } from '#domain/payments/decide-charge.ts';
import { decideSettlement, failed } from '#domain/payments/decide-settlement.ts';
import { sent } from '#domain/payments/payment-attempt.ts';
import type { Account } from '#domain/receivables/account.ts';
import { closeItem, openItems } from '#domain/receivables/open-items.ts';
import { utcDay } from '#domain/time/day.ts';
import { addMinutes, type Instant } from '#domain/time/instant.ts';
import type { SoundBooks } from './sound-books.ts';
import { card, issuer, nameOf, personOf } from './sound-cast.ts';

export const numberDrafts = (world: SoundBooks, at: Instant): void => {
  const { books } = world;
  const fresh = { entity: issuer.key, kind: 'invoice', fiscalYear: '2026', next: 1, lastIssuedOn: utcDay(at) } as const;
  const drafts = books.invoices.filter(({ status }) => status.state === 'draft');
  const series = books.series[0] ?? fresh;
  const numbered = decideNumbers(series, issuer, drafts, utcDay(at), at);
  books.series = [numbered.series];
  books.ledgerPages.push(finalizedPage(series, numbered.invoices, utcDay(at), at));
  for (const invoice of numbered.invoices) {
    replace(world, invoice, (account) => openItems(account, [invoice]));
    post(world, invoice, 'bill', addMinutes(at, 1));
  }
};

/** The saved card is charged, and the provider answers as told. */
export const chargeCard = (world: SoundBooks, id: string, at: Instant, answer: 'succeeded' | 'failed'): void => {
  const { books, charges } = world;
  const invoice = present(
    books.invoices.find((each) => each.id === id),
    `${id} is there`,
  );
  const earlier = books.attempts.filter((attempt) => attempt.invoice === id);
  const decided = decideCharge({ invoice, method: card, earlier, afterBill: true }, at);
  if (decided.decision !== 'claim') throw new Error(decided.decision);
  const { n, amount } = decided.attempt;
  const intent = `pi_${id}_${n}`;
  const pays = { invoice: id, attempt: n };
  const file = { attempt: sent(decided.attempt, intent, at), invoice: decided.invoice };
  const news = { pays, payment: { intent, state: 'succeeded', amount, pays } } as const;
  const settlement =
    answer === 'failed' ? failed(file, 'The card was declined.', at) : decideSettlement(file, news, at);
  if (!('invoice' in settlement)) throw new Error(settlement.outcome);
  books.attempts.push(settlement.attempt);
  charges.push({ id: `ch_${id}_${n}`, intent, pays, amount, refunded: nothing(amount.currency), status: answer });
  if (answer === 'failed') {
    replace(world, settlement.invoice, (account) => account);
    post(world, invoice, `declined-${n}`, addMinutes(at, 1));
    return;
  }
  books.ledgerPages.push(paymentPage(settlement.invoice, settlement.attempt, at));
  replace(world, settlement.invoice, (account) => closeItem(account, id, amount));
};

const replace = ({ books }: SoundBooks, invoice: Invoice, change: (account: Account) => Account): void => {
  books.invoices = books.invoices.map((each) => (each.id === invoice.id ? invoice : each));
  books.accounts = books.accounts.map((each) => (each.customer === invoice.customer ? change(each) : each));
};

const post = ({ books, mails }: SoundBooks, { id, customer }: Invoice, step: string, claimedAt: Instant): void => {
  const { email } = personOf(nameOf(customer));
  const messageId = `ses-${id}-${step}`;
  books.letters.push({ invoice: id, step, to: email, state: 'sent', claimedAt, messageId });
  mails.push({ messageId, invoice: id, to: [email] });
};
