/**
 * What Stripe sends to our webhook, read only as far as it is used: which event, of
 * which kind, about which object. Everything else is asked of Stripe, so a body that
 * is old, out of order or odd can mislead nobody.
 */
import * as z from 'zod';

/** Stripe says that its ids never grow past 255 characters; they are visible ASCII. */
const id = z.string().regex(/^[\x21-\x7e]{1,255}$/);

export const stripeWebhook = z.object({
  id,
  object: z.literal('event'),
  type: z.string().regex(/^[\x21-\x7e]{1,100}$/),
  livemode: z.boolean(),
  data: z.object({ object: z.object({ id }) }),
});

/** The news that can settle an attempt. Others are recorded and left alone. */
const paymentNews: ReadonlySet<string> = new Set([
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.canceled',
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
]);

export const isPaymentNews = (type: string): boolean => paymentNews.has(type);

/** Whether an object's id is that of a hosted payment page; else it is a payment's. */
export const isCheckoutSession = (object: string): boolean => object.startsWith('cs_');
