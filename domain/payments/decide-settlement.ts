/**
 * What the provider's news of a payment makes of its attempt and invoice. One
 * decision for every road the news comes by (our own call, a webhook, a look-up), so
 * in whatever order and however often it comes the end is the same (I31). An invoice
 * is paid only once the money is settled (I29), and only by a payment that agrees
 * with our books to the cent (I28); what disagrees is kept for a person.
 */
import { unreachable } from '../assert.ts';
import type { Invoice } from '../invoicing/invoice.ts';
import { moneyText } from '../money/money.ts';
import { addDays, utcDay } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { retryDay } from './retry-day.ts';
import type { IntentState, PaymentNews } from './intent-state.ts';
import { isOpen, type PaymentAttempt } from './payment-attempt.ts';

export interface SettlementFile {
  readonly invoice: Invoice;
  readonly attempt: PaymentAttempt;
}

export type Settlement =
  | { readonly outcome: 'unchanged' }
  | {
      readonly outcome: 'open' | 'succeeded' | 'failed' | 'expired';
      readonly attempt: PaymentAttempt;
      readonly invoice: Invoice;
    }
  /** The attempt keeps its state and says why a person must look. */
  | { readonly outcome: 'quarantined'; readonly because: string; readonly attempt: PaymentAttempt };

const unchanged: Settlement = { outcome: 'unchanged' };

export const decideSettlement = (file: SettlementFile, news: PaymentNews, now: Instant): Settlement => {
  const { invoice, attempt } = file;
  const { payment } = news;
  const disagreement = whyDisagrees(attempt, payment);
  if (disagreement !== undefined) return quarantined(attempt, disagreement);
  const verdict = verdictOf(attempt, news);
  if (verdict.is === 'succeeded') {
    if (attempt.state === 'succeeded') return unchanged;
    // A failed attempt whose money came after all still pays, unless another one is under way or has paid.
    const isOwed =
      invoice.status.state === 'final' && (invoice.openAttempt === null || invoice.openAttempt === attempt.n);
    return isOwed
      ? succeeded(file, payment, now)
      : quarantined(
          attempt,
          `Money came for invoice ${invoice.id}, which is ${invoice.status.state} or being paid by another attempt.`,
        );
  }
  if (!isOpen(attempt)) return unchanged;
  switch (verdict.is) {
    case 'open':
      return goesOn(file, payment, now);
    case 'failed':
    case 'expired':
      return failed(file, verdict.because, now, verdict.is);
    default:
      return unreachable(verdict);
  }
};

/** The attempt is over without money; the invoice is owed as before and the plan goes on. */
export const failed = (
  { invoice, attempt }: SettlementFile,
  because: string,
  now: Instant,
  outcome: 'failed' | 'expired' = 'failed',
) =>
  ({
    outcome,
    attempt: { ...attempt, state: 'failed', because, changedAt: now },
    invoice: {
      ...invoice,
      openAttempt: null,
      nextAttemptOn:
        attempt.how === 'checkout' ? (attempt.resumeOn ?? null) : retryDay(attempt.retry ?? 0, utcDay(now)),
    },
  }) as const satisfies Settlement;

const succeeded = ({ invoice, attempt }: SettlementFile, payment: IntentState | null, now: Instant): Settlement => {
  const { because: _, ...cleared } = attempt;
  if (invoice.status.state !== 'final') return unchanged;
  return {
    outcome: 'succeeded',
    attempt: { ...cleared, state: 'succeeded', intent: payment?.intent ?? attempt.intent, changedAt: now },
    invoice: {
      ...invoice,
      status: { ...invoice.status, state: 'paid', paidAt: now },
      openAttempt: null,
      nextAttemptOn: null,
    },
  };
};

const goesOn = ({ invoice, attempt }: SettlementFile, payment: IntentState | null, now: Instant): Settlement => {
  const isKnown = payment === null || (attempt.state === 'sent' && attempt.intent === payment.intent);
  // A bank debit takes days: it is asked after once a day, not at every chase.
  const nextAttemptOn = payment?.state === 'processing' ? addDays(utcDay(now), 1) : invoice.nextAttemptOn;
  if (isKnown && nextAttemptOn === invoice.nextAttemptOn) return unchanged;
  const { because: _, ...cleared } = attempt;
  return {
    outcome: 'open',
    attempt: isKnown ? attempt : { ...cleared, state: 'sent', intent: payment.intent, changedAt: now },
    invoice: { ...invoice, nextAttemptOn },
  };
};

const quarantined = (attempt: PaymentAttempt, because: string): Settlement => ({
  outcome: 'quarantined',
  because,
  attempt: { ...attempt, because },
});

const whyDisagrees = (attempt: PaymentAttempt, payment: IntentState | null): string | undefined => {
  if (payment === null) return undefined;
  const { pays, intent, amount } = payment;
  if (pays.invoice !== attempt.invoice || pays.attempt !== attempt.n)
    return `Payment ${intent} is for attempt ${String(pays.attempt)} of ${pays.invoice}.`;
  if (attempt.intent !== null && attempt.intent !== intent)
    return `Payment ${intent} is not ${attempt.intent}, which this attempt made.`;
  if (amount.currency !== attempt.amount.currency || amount.minor !== attempt.amount.minor)
    return `Payment ${intent} is over ${moneyText(amount)}, the attempt over ${moneyText(attempt.amount)}.`;
  return undefined;
};

type Verdict =
  | { readonly is: 'open' }
  | { readonly is: 'succeeded' }
  | { readonly is: 'failed' | 'expired'; readonly because: string };

const open: Verdict = { is: 'open' };

/**
 * A declined saved card is over: nobody else holds the payment. On a hosted page the
 * customer may take another card for as long as the page is open, so there a decline
 * is no end, and only the page's own end is.
 */
const verdictOf = ({ how }: PaymentAttempt, news: PaymentNews): Verdict => {
  const { payment } = news;
  const page = how === 'checkout' ? (news.page ?? 'open') : 'complete';
  const expired: Verdict = { is: 'expired', because: 'The payment page expired before anything was paid.' };
  if (payment === null) return page === 'expired' ? expired : open;
  switch (payment.state) {
    case 'succeeded':
      return { is: 'succeeded' };
    case 'processing':
      return open;
    case 'cancelled':
      return { is: 'failed', because: payment.because ?? 'The payment was cancelled.' };
    case 'unconfirmed':
      return page === 'expired' ? expired : open;
    case 'requires_action':
    case 'failed':
      if (page === 'expired') return expired;
      if (page === 'open') return open;
      return {
        is: 'failed',
        because:
          payment.because ??
          (payment.state === 'failed'
            ? 'The payment was declined.'
            : 'The bank wants the customer to confirm the payment in person.'),
      };
    default:
      return unreachable(payment.state);
  }
};
