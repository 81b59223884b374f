/**
 * Charges the saved card of an open invoice, in two calls with a commit before each:
 * claim, create, store its id, confirm, record. It can die anywhere and be delivered
 * any number of times; it reads how far the attempt came and goes on from there. An
 * outcome nobody knows stays so until the provider is asked again (I27). Restored books
 * make no new claim until they are reconciled; what they have claimed begins with a look.
 */
import { Outage } from '#domain/outage.ts';
import { decideCharge } from '#domain/payments/decide-charge.ts';
import { decideSettlement, failed, type Settlement } from '#domain/payments/decide-settlement.ts';
import { isOpen, type PaymentAttempt, sent, unknown } from '#domain/payments/payment-attempt.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import type { Invoice } from '#domain/invoicing/invoice.ts';
import type { Instant } from '#domain/time/instant.ts';
import { change, create, type Handle } from '../handle.ts';
import type { Books } from '../ports.ts';
import { type PaymentFile, readPaymentFile, settlementTells, settlementWrites } from '../records/payment-file.ts';
import { restoreGate } from '../records/restore-gate.ts';
import { nothingToDo, type OutsideStep } from '../step.ts';
import { ask, type Made, type News, type Question, questionOf, type Reply } from './ask.ts';

export const collectPayment: OutsideStep<'collect-payment', Question, Reply> = {
  async claim({ name, data }, { books, now }) {
    const invoice = await books.get('invoice', data.invoice);
    if (invoice === undefined) return refuse('unknown_invoice', `There is no invoice ${data.invoice}.`);
    const { openAttempt } = invoice.value;
    if (openAttempt !== null)
      return goOn(await books.get('attempt', { invoice: data.invoice, n: openAttempt }), invoice.value, now);
    return name === 'payment.unsettled' ? nothingToDo : claimCharge(invoice, name === 'bill.sent', books, now);
  },

  act: (question, { payments }) => ask(question, payments),

  async record({ attempt: { invoice, n } }, reply, { books, now }) {
    const file = await readPaymentFile(books, invoice, n);
    if (file === undefined || !isOpen(file.attempt.value)) return nothingToDo;
    return 'made' in reply ? recordMade(file, reply, now) : recordNews(file, reply, now);
  },
};

const goOn = (attempt: Handle<'attempt'> | undefined, invoice: Invoice, now: Instant) => {
  const question = attempt === undefined ? undefined : questionOf(attempt.value, invoice, now);
  return question === undefined ? nothingToDo : { call: question };
};

const claimCharge = async (invoice: Handle<'invoice'>, afterBill: boolean, books: Books, now: Instant) => {
  const { id, attempts } = invoice.value;
  const [customer, earlier] = await Promise.all([
    books.get('customer', invoice.value.customer),
    books.getAll(
      'attempt',
      Array.from({ length: attempts }, (_, index) => ({ invoice: id, n: index + 1 })),
    ),
  ]);
  if (customer === undefined) return refuse('unknown_customer', `Invoice ${id} has no customer.`);
  const file = {
    invoice: invoice.value,
    method: customer.value.payment,
    earlier: earlier.map(({ value }) => value),
    afterBill,
  };
  const decided = decideCharge(file, now);
  switch (decided.decision) {
    case 'claim': {
      const gate = await restoreGate('charge', books);
      if (isRefusal(gate)) return gate;
      const call: Question = { ask: 'create', attempt: decided.attempt };
      return { write: [gate, create('attempt', decided.attempt), change(invoice, decided.invoice)], call };
    }
    case 'look_again':
    case 'never':
      return { write: [change(invoice, decided.invoice)] };
    case 'not_now':
      return nothingToDo;
  }
};

const recordMade = (file: PaymentFile, { made }: Made, now: Instant) => {
  const attempt = file.attempt.value;
  // No money can have moved: the same key asks again, with the next chase.
  if (made.state === 'unknown') return nothingToDo;
  if (made.state === 'refused') return settle(file, failed(valuesOf(file), made.because, now), now);
  // Another delivery was faster; what it stored is what will be confirmed.
  if (attempt.intent !== null) return { again: true };
  return { write: [change(file.attempt, sent(attempt, made.value.intent, now))], again: true };
};

const recordNews = (file: PaymentFile, { news, confirmed }: News, now: Instant) => {
  const attempt: PaymentAttempt = file.attempt.value;
  switch (news.state) {
    case 'ok':
      return settle(file, decideSettlement(valuesOf(file), news.value, now), now);
    case 'refused':
      // The provider knows no such payment, or says it is not ours: no reason to charge again, but to call a person.
      return settle(
        file,
        { outcome: 'quarantined', because: news.because, attempt: { ...attempt, because: news.because } },
        now,
      );
    case 'unknown':
      // A look-up without an answer changed nothing and may be tried again at once; a confirmation may have moved money.
      if (!confirmed)
        throw new Outage(`how payment ${attempt.intent ?? attempt.session ?? ''} stands: ${news.because}`);
      return {
        write: [change(file.attempt, unknown(attempt, news.because, now))],
        tell: [{ name: 'payment.unknown', data: { invoice: attempt.invoice, attempt: attempt.n } } as const],
      };
  }
};

const settle = (file: PaymentFile, settlement: Settlement, now: Instant) => ({
  write: settlementWrites(file, settlement, now),
  tell: settlementTells(settlement),
});

const valuesOf = ({ invoice, attempt }: PaymentFile) => ({ invoice: invoice.value, attempt: attempt.value });
