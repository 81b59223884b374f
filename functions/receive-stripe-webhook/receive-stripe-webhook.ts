/**
 * Takes Stripe's webhooks in: verified on the raw bytes, kept for ever under Stripe's
 * own event id, and answered before anything is made of them. One that came before
 * is answered 200 and changes nothing.
 */
import { isPaymentNews } from '#events/stripe.ts';
import { create } from '../handle.ts';
import { json, problem } from '../http.ts';
import type { StepCode } from '../step.ts';

export const receiveStripeWebhook: StepCode<'receive-stripe-webhook'> = async (
  { body, headers },
  { books, payments, now },
) => {
  const event = payments.verifyWebhook(body, headers['stripe-signature'] ?? '', now);
  if ('forged' in event)
    return { respond: problem({ status: 400, code: 'webhook_signature_invalid', detail: event.forged }) };
  const respond = json(200, { received: true });
  if ((await books.get('stripeEvent', event.id)) !== undefined) return { respond };
  const { id, type, object } = event;
  const concernsUs = isPaymentNews(type);
  return {
    write: [create('stripeEvent', { id, type, object, receivedAt: now, state: concernsUs ? 'received' : 'ignored' })],
    tell: concernsUs ? [{ name: 'stripe.event_received', data: { event: id } }] : [],
    respond,
  };
};
