/**
 * The payment provider behind the Payments port: Stripe, by its own library. Every
 * call that changes something carries a key of ours that never changes, the library
 * retries nothing by itself, and no call waits longer than nine seconds.
 */
import { timingSafeEqual } from 'node:crypto';
import { Stripe } from 'stripe';
import { isRefusal } from '#domain/refusal.ts';
import { payToken, readPayToken } from '#domain/payments/pay-token.ts';
import { epochMs } from '#domain/time/instant.ts';
import type { CallOutcome, Charge, Payments } from '../../ports.ts';
import { madeBetween } from './made-between.ts';
import { checkoutNews, intentState } from './payment-news.ts';
import { saveMethod } from './save-method.ts';
import { outcomeOf, outcomeOfError } from './stripe-outcome.ts';
import { type StripeAmount, toStripe } from './stripe-amount.ts';
import { verifyWebhook } from './verify-webhook.ts';

export interface StripePaymentsOptions {
  readonly secretKey: string;
  /** The endpoint's signing secrets: one, or two while they are rotated. */
  readonly webhookSecrets: readonly string[];
  /** Makes the tokens of payment links. */
  readonly payLinkSecret: string;
  /** Where customers reach us: `https://billing.example.com`. Stripe's page leads back there. */
  readonly publicUrl: string;
  /** Another place than api.stripe.com. */
  readonly host?: string;
  readonly port?: number;
  readonly protocol?: 'http' | 'https';
  /** Carries the requests; Node's own client unless given. */
  readonly httpClient?: Stripe.HttpClient;
}

const timeoutMs = 9_000;

export const stripePayments = ({
  secretKey,
  webhookSecrets,
  payLinkSecret,
  publicUrl,
  ...address
}: StripePaymentsOptions): Payments => {
  const stripe = new Stripe(secretKey, { ...address, timeout: timeoutMs, maxNetworkRetries: 0, telemetry: false });
  const trust = { secrets: webhookSecrets, livemode: /^[sr]k_live_/.test(secretKey) };

  return {
    saveMethod: (given) => outcomeOf(() => saveMethod(stripe, given)),

    createIntent: (charge) =>
      charging(charge, 'bug', async ({ amount, currency }) => {
        const intent = await stripe.paymentIntents.create(
          {
            amount,
            currency,
            ...(charge.providerCustomer === null ? {} : { customer: charge.providerCustomer }),
            ...(charge.paymentMethod === null ? {} : { payment_method: charge.paymentMethod }),
            // Cards and bank debits alike, but nothing that would send an absent customer to another page.
            automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
            metadata: metadataOf(charge),
          },
          { idempotencyKey: charge.key },
        );
        return { intent: intent.id };
      }),

    async confirmIntent(intent, idempotencyKey) {
      try {
        return ours(await stripe.paymentIntents.confirm(intent, { off_session: true }, { idempotencyKey }));
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeError)) throw error;
        // A decline is how this payment stands now.
        if (error instanceof Stripe.errors.StripeCardError && error.payment_intent !== undefined)
          return ours(error.payment_intent);
        return outcomeOfError(error);
      }
    },

    lookUpIntent: async (intent) =>
      flat(await outcomeOf(async () => ours(await stripe.paymentIntents.retrieve(intent)))),

    findIntent: (invoice, attempt) =>
      outcomeOf(async () => {
        const { data } = await stripe.paymentIntents.search({
          query: `metadata['invoice']:'${invoice}' AND metadata['attempt']:'${String(attempt)}'`,
          limit: 2,
        });
        // Two are possible where a key was forgotten between them; money can only be with one that is past its creation.
        const found = data.find(({ status }) => status === 'succeeded' || status === 'processing') ?? data[0];
        return { intent: found?.id ?? null };
      }),

    cancelIntent: async (intent, idempotencyKey) =>
      flat(await outcomeOf(async () => ours(await stripe.paymentIntents.cancel(intent, {}, { idempotencyKey })))),

    // In restored books an attempt's number may be one of the lost hours, and its key have been used for a page that
    // was never made, else it would have been found: refused, the attempt is over and the next one has a key of its own.
    openCheckout: (page) =>
      charging(page, 'refused', async ({ amount, currency }) => {
        const back = `${publicUrl}${page.returnPath}`;
        const metadata = metadataOf(page);
        const session = await stripe.checkout.sessions.create(
          {
            mode: 'payment',
            line_items: [
              { quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: page.description } } },
            ],
            ...(page.providerCustomer === null ? {} : { customer: page.providerCustomer }),
            success_url: back,
            cancel_url: back,
            expires_at: Math.floor(epochMs(page.expiresAt) / 1000),
            metadata,
            payment_intent_data: { metadata },
          },
          { idempotencyKey: page.key },
        );
        return { session: session.id, url: session.url ?? back };
      }),

    lookUpCheckout: async (session) =>
      flat(
        await outcomeOf(async () =>
          known(
            checkoutNews(await stripe.checkout.sessions.retrieve(session, { expand: ['payment_intent'] })),
            session,
          ),
        ),
      ),

    madeBetween: (from, until) => outcomeOf(() => madeBetween(stripe, from, until)),

    verifyWebhook: (body, signature, now) => verifyWebhook(trust, body, signature, now),

    invoiceOf(token) {
      const claimed = readPayToken(token);
      if (claimed === undefined) return undefined;
      const made = Buffer.from(payToken(claimed.invoice, payLinkSecret));
      const given = Buffer.from(token);
      return made.length === given.length && timingSafeEqual(made, given) ? claimed.invoice : undefined;
    },
  };
};

const charging = async <Value>(
  charge: Charge,
  keyOfAnother: 'refused' | 'bug',
  call: (amount: StripeAmount) => Promise<Value>,
): Promise<CallOutcome<Value>> => {
  const amount = toStripe(charge.amount);
  return isRefusal(amount)
    ? { state: 'refused', because: amount.because }
    : outcomeOf(() => call(amount), keyOfAnother);
};

const metadataOf = ({ invoice, attempt }: Charge) => ({ invoice, attempt: String(attempt) });

const ours = (intent: Stripe.PaymentIntent) => known(intentState(intent), intent.id);

const known = <Value>(value: Value | undefined, id: string): CallOutcome<Value> =>
  value === undefined
    ? { state: 'refused', because: `${id} was made for no attempt of ours.` }
    : { state: 'ok', value };

const flat = <Value>(outcome: CallOutcome<CallOutcome<Value>>): CallOutcome<Value> =>
  outcome.state === 'ok' ? outcome.value : outcome;
