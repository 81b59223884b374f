/**
 * Finds the place of a payment that was made in the hours a restore lost. Invoices and
 * attempts are named the same however often they are made, so the provider's payment
 * names its invoice also in books that billed it anew: its attempt is claimed again as
 * of what the provider knows, and settled by the one rule there is. So the number of
 * every attempt that ever reached the provider is taken, no key is used twice, and an
 * invoice that was paid is paid.
 */
import type { Invoice } from '../invoicing/invoice.ts';
import { decideSettlement, failed, type Settlement } from '../payments/decide-settlement.ts';
import type { PaymentNews } from '../payments/intent-state.ts';
import { isOpen, type PaymentAttempt } from '../payments/payment-attempt.ts';
import { utcDay } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';

/** A payment, or a page to pay on, as found at the provider. */
export interface MadePayment {
  readonly how: PaymentAttempt['how'];
  /** Of a page. */
  readonly session: string | null;
  readonly news: PaymentNews;
}

export interface AdoptionFile {
  /** Final or paid. */
  readonly invoice: Invoice;
  /** Every attempt the books have of it. */
  readonly attempts: readonly PaymentAttempt[];
}

/** What the books are to say: attempts that change, attempts that are new, the invoice. Nothing where they say it already. */
export interface Adoption {
  readonly changed: readonly PaymentAttempt[];
  readonly created: readonly PaymentAttempt[];
  readonly invoice: Invoice;
  readonly settlement: Settlement;
}

export const adoptPayment = (file: AdoptionFile, made: MadePayment, now: Instant): Adoption => {
  const { attempt: n } = made.news.pays;
  const known = file.attempts.find((attempt) => attempt.n === n);
  return known === undefined ? adopted(file, made, now) : caughtUp(file.invoice, known, made, now);
};

/** Claimed before the moment restored to: only how it went on is news. */
const caughtUp = (invoice: Invoice, known: PaymentAttempt, { session, news }: MadePayment, now: Instant): Adoption => {
  const isNewPage = session !== null && known.session === undefined && isOpen(known);
  const attempt: PaymentAttempt = isNewPage ? { ...known, state: 'sent', session, changedAt: now } : known;
  const settlement = decideSettlement({ invoice, attempt }, news, now);
  const after = attemptAfter(attempt, settlement);
  return {
    changed: after === known ? [] : [after],
    created: [],
    invoice: invoiceAfter(invoice, settlement),
    settlement,
  };
};

/** Claimed after it. That it was claimed says that those before it had ended without money (I27). */
const adopted = ({ invoice, attempts }: AdoptionFile, made: MadePayment, now: Instant): Adoption => {
  const { attempt: n } = made.news.pays;
  const overtaken = attempts.filter(isOpen).map((attempt): PaymentAttempt => ({
    ...attempt,
    state: 'failed',
    because: `Attempt ${String(n)} was made after it, so it had ended without money.`,
    changedAt: now,
  }));
  const untraced = Array.from({ length: n - 1 - invoice.attempts }, (_, i) =>
    lostWithoutTrace(invoice, invoice.attempts + 1 + i, now),
  );
  const file = {
    invoice: { ...invoice, attempts: n, openAttempt: n, nextAttemptOn: utcDay(now) },
    attempt: claimedAgain(invoice, attempts, made, now),
  };
  const settlement = settled(file, made, now);
  return {
    changed: overtaken,
    created: [...untraced, attemptAfter(file.attempt, settlement)],
    invoice: invoiceAfter(file.invoice, settlement),
    settlement,
  };
};

/** Claimed now, as these books see it: their invoice may have become final an hour ago. */
const claimedAgain = (
  invoice: Invoice,
  attempts: readonly PaymentAttempt[],
  { how, session, news }: MadePayment,
  now: Instant,
): PaymentAttempt => {
  const attempt = {
    invoice: invoice.id,
    n: news.pays.attempt,
    amount: invoice.total,
    how,
    claimedAt: now,
    state: 'sent',
    intent: news.payment?.intent ?? null,
    changedAt: now,
  } as const;
  if (how === 'checkout')
    return { ...attempt, ...(session === null ? {} : { session }), resumeOn: invoice.nextAttemptOn };
  return { ...attempt, retry: attempts.filter((each) => each.how === 'saved_card').length };
};

/** Where no money came and none can come, it makes no difference that the bill was another one. */
const settled = (file: { invoice: Invoice; attempt: PaymentAttempt }, made: MadePayment, now: Instant): Settlement => {
  const { payment } = made.news;
  const isOverWithoutMoney =
    made.how === 'saved_card' && (payment?.state === 'failed' || payment?.state === 'cancelled');
  const isOfAnotherBill =
    made.how === 'saved_card' && payment?.state === 'unconfirmed' && payment.amount.minor !== file.invoice.total.minor;
  return isOverWithoutMoney || isOfAnotherBill
    ? failed(file, payment.because ?? 'It was made in hours that were lost, and never confirmed.', now)
    : decideSettlement(file, made.news, now);
};

const lostWithoutTrace = (invoice: Invoice, n: number, now: Instant): PaymentAttempt => ({
  invoice: invoice.id,
  n,
  amount: invoice.total,
  // Not as a saved card's: one that never reached the provider takes none of the card's tries.
  how: 'checkout',
  claimedAt: now,
  state: 'failed',
  intent: null,
  changedAt: now,
  because: 'It was claimed in hours that were lost, and the provider knows nothing of it.',
});

const attemptAfter = (attempt: PaymentAttempt, settlement: Settlement): PaymentAttempt =>
  settlement.outcome === 'unchanged' ? attempt : settlement.attempt;

const invoiceAfter = (invoice: Invoice, settlement: Settlement): Invoice =>
  'invoice' in settlement ? settlement.invoice : invoice;
