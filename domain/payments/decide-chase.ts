/**
 * What an open invoice found in the index of due payments needs: its card charged,
 * a payment left lying looked up, or nothing yet. A new bill has six hours for its
 * mail to go out first; an attempt has an hour to end by itself.
 */
import type { Invoice } from '../invoicing/invoice.ts';
import { utcDay } from '../time/day.ts';
import { addMinutes, type Instant } from '../time/instant.ts';
import { isOpen, type PaymentAttempt } from './payment-attempt.ts';

const minutesForTheMail = 6 * 60;
const minutesForAnAttempt = 60;

export type Chase = 'due' | 'unsettled' | 'nothing';

/** `attempt` is the one the invoice says is open. */
export const decideChase = (invoice: Invoice, attempt: PaymentAttempt | undefined, now: Instant): Chase => {
  if (invoice.status.state !== 'final' || invoice.nextAttemptOn === null || invoice.nextAttemptOn > utcDay(now))
    return 'nothing';
  if (invoice.openAttempt !== null) {
    const isLeftLying =
      attempt !== undefined && isOpen(attempt) && attempt.changedAt <= addMinutes(now, -minutesForAnAttempt);
    return isLeftLying ? 'unsettled' : 'nothing';
  }
  const mailHadTime = invoice.status.finalizedAt <= addMinutes(now, -minutesForTheMail);
  return invoice.attempts > 0 || mailHadTime ? 'due' : 'nothing';
};
