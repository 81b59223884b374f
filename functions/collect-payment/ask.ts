/**
 * What is asked of the provider next about an attempt, and the asking. A payment is
 * created unconfirmed under a permanent key, and confirmed only once its id is in our
 * records; whatever was sent before is looked up before it is confirmed, so an answer
 * that got lost is never a second charge (I24, I27).
 */
import type { IntentState, PaymentNews } from '#domain/payments/intent-state.ts';
import { attemptKey, checkoutExpiresAt, type PaymentAttempt } from '#domain/payments/payment-attempt.ts';
import type { Invoice } from '#domain/invoicing/invoice.ts';
import { addMinutes, type Instant } from '#domain/time/instant.ts';
import { unreachable } from '#domain/assert.ts';
import type { CallOutcome, Payments } from '../ports.ts';

export type Question =
  | { readonly ask: 'create' | 'find_or_create' | 'lost_page'; readonly attempt: PaymentAttempt }
  | { readonly ask: 'confirm' | 'cancel'; readonly attempt: PaymentAttempt; readonly intent: string }
  | { readonly ask: 'page'; readonly attempt: PaymentAttempt; readonly session: string };

export type Reply = Made | News;

/** The payment exists, not confirmed yet. */
export interface Made {
  readonly made: CallOutcome<{ readonly intent: string }>;
}

/** How the payment stands; `confirmed` where money may have moved just now. */
export interface News {
  readonly news: CallOutcome<PaymentNews>;
  readonly confirmed: boolean;
}

/** The provider forgets a key after 24 hours; from an hour before, what was made under it is looked for first. */
const keyIsSafeMinutes = 23 * 60;

/** The next question about an attempt under way; undefined where only time can tell. */
export const questionOf = (attempt: PaymentAttempt, invoice: Invoice, now: Instant): Question | undefined => {
  const { intent, session } = attempt;
  if (attempt.how === 'checkout') {
    if (session !== undefined) return { ask: 'page', attempt, session };
    // Nobody was ever sent to a page we hold no id of. An hour past its end even a late index would show its payment.
    return now >= addMinutes(checkoutExpiresAt(attempt), 60) ? { ask: 'lost_page', attempt } : undefined;
  }
  // Voided or paid by other means while under way: a payment not confirmed yet must not be.
  if (intent !== null) return { ask: invoice.status.state === 'final' ? 'confirm' : 'cancel', attempt, intent };
  return { ask: now < addMinutes(attempt.claimedAt, keyIsSafeMinutes) ? 'create' : 'find_or_create', attempt };
};

export const ask = async (question: Question, payments: Payments): Promise<Reply> => {
  const { attempt } = question;
  switch (question.ask) {
    case 'create':
      return { made: await payments.createIntent(chargeOf(attempt)) };
    case 'find_or_create': {
      const found = await payments.findIntent(attempt.invoice, attempt.n);
      if (found.state !== 'ok') return { made: found };
      const { intent } = found.value;
      return {
        made: intent === null ? await payments.createIntent(chargeOf(attempt)) : { state: 'ok', value: { intent } },
      };
    }
    case 'lost_page':
      return { news: await askLostPage(attempt, payments), confirmed: false };
    case 'confirm':
      return confirm(question.attempt, question.intent, payments);
    case 'cancel': {
      const before = await payments.lookUpIntent(question.intent);
      const isOurs = before.state === 'ok' && before.value.state === 'unconfirmed';
      return {
        news: aboutPayment(
          isOurs ? await payments.cancelIntent(question.intent, attemptKey(attempt, 'cancel')) : before,
        ),
        confirmed: false,
      };
    }
    case 'page':
      return { news: await payments.lookUpCheckout(question.session), confirmed: false };
    default:
      return unreachable(question);
  }
};

const confirm = async (attempt: PaymentAttempt, intent: string, payments: Payments): Promise<News> => {
  const before = await payments.lookUpIntent(intent);
  if (before.state !== 'ok' || before.value.state !== 'unconfirmed')
    return { news: aboutPayment(before), confirmed: false };
  const confirmed = await payments.confirmIntent(intent, attemptKey(attempt, 'confirm'));
  if (confirmed.state !== 'refused') return { news: aboutPayment(confirmed), confirmed: true };
  // Refused because it cannot be charged, or because another delivery of this message was faster: only a look tells.
  const after = await payments.lookUpIntent(intent);
  if (after.state !== 'ok') return { news: { state: 'unknown', because: confirmed.because }, confirmed: true };
  if (after.value.state !== 'unconfirmed') return { news: aboutPayment(after), confirmed: true };
  const cancelled = await payments.cancelIntent(intent, attemptKey(attempt, 'cancel'));
  if (cancelled.state !== 'ok') return { news: { state: 'unknown', because: confirmed.because }, confirmed: true };
  return {
    news: aboutPayment({ state: 'ok', value: { ...cancelled.value, because: confirmed.because } }),
    confirmed: true,
  };
};

/** A page whose id we never learned, and that has expired since: was anything paid on it? */
const askLostPage = async ({ invoice, n }: PaymentAttempt, payments: Payments): Promise<CallOutcome<PaymentNews>> => {
  const found = await payments.findIntent(invoice, n);
  if (found.state !== 'ok') return found;
  const pays = { invoice, attempt: n };
  if (found.value.intent === null) return { state: 'ok', value: { pays, payment: null, page: 'expired' } };
  const payment = await payments.lookUpIntent(found.value.intent);
  return payment.state === 'ok' ? { state: 'ok', value: { pays, payment: payment.value, page: 'expired' } } : payment;
};

const chargeOf = (attempt: PaymentAttempt) => ({
  invoice: attempt.invoice,
  attempt: attempt.n,
  amount: attempt.amount,
  providerCustomer: attempt.method?.providerCustomer ?? null,
  paymentMethod: attempt.method?.paymentMethod ?? null,
  key: attemptKey(attempt, 'create'),
});

const aboutPayment = (outcome: CallOutcome<IntentState>): CallOutcome<PaymentNews> =>
  outcome.state === 'ok' ? { state: 'ok', value: { pays: outcome.value.pays, payment: outcome.value } } : outcome;
