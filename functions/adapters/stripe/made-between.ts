/**
 * Everything Stripe made for us in a stretch of time: payment intents, payment pages and
 * events, every page of the lists drained. Lists are complete at once, unlike the search
 * index. A page's own payment is told with the page and not a second time.
 */
import type { Stripe } from 'stripe';
import { epochMs, type Instant } from '#domain/time/instant.ts';
import type { MadePayment } from '#domain/restore/adopt-payment.ts';
import type { MadeBetween } from '../../ports.ts';
import { checkoutNews, intentState } from './payment-news.ts';

const seconds = (moment: Instant): number => Math.floor(epochMs(moment) / 1000);

export const madeBetween = async (stripe: Stripe, from: Instant, until: Instant): Promise<MadeBetween> => {
  const asked = { created: { gte: seconds(from), lt: seconds(until) }, limit: 100 };
  const pages = await drained(stripe.checkout.sessions.list({ ...asked, expand: ['data.payment_intent'] }));
  const intents = await drained(stripe.paymentIntents.list(asked));
  const events = await drained(stripe.events.list(asked));
  const ofPages = pages.flatMap(pageMade);
  const toldWithPages = new Set(ofPages.map(({ news }) => news.payment?.intent));
  return {
    payments: [...ofPages, ...intents.filter(({ id }) => !toldWithPages.has(id)).flatMap(intentMade)],
    events: events.map(({ id }) => id),
  };
};

const drained = async <Item>(list: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
};

const pageMade = (session: Stripe.Checkout.Session): readonly MadePayment[] => {
  const news = checkoutNews(session);
  return news === undefined ? [] : [{ how: 'checkout', session: session.id, news }];
};

const intentMade = (intent: Stripe.PaymentIntent): readonly MadePayment[] => {
  const payment = intentState(intent);
  return payment === undefined ? [] : [{ how: 'saved_card', session: null, news: { pays: payment.pays, payment } }];
};
