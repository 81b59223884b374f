/**
 * Tells a customer that their saved card was declined, once an attempt: what is owed,
 * and the day it is tried again or that they must pay by the link. Who paid on a page
 * saw it there and gets no mail, and an attempt that a newer one overtook is no news.
 */
import { letterStep } from '../letter-step.ts';
import type { Message, StepCode } from '../step.ts';

export const sendPaymentNotice: StepCode<'send-payment-notice'> = letterStep({
  about: ({ data }: Message<'send-payment-notice'>) => ({
    invoice: data.invoice,
    step: `declined-${String(data.attempt)}`,
  }),
  tells: () => [],
  isDue: async ({ data }, invoice, books) => {
    const attempt = await books.get('attempt', { invoice: data.invoice, n: data.attempt });
    return attempt?.value.state === 'failed' && attempt.value.how === 'saved_card' && invoice.attempts === data.attempt;
  },
  write: ({ data }, invoice, body, posting, documents) =>
    documents.declinedMail(invoice, body, { ...posting, attempt: data.attempt, nextAttemptOn: invoice.nextAttemptOn }),
});
