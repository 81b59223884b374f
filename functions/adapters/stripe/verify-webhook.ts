/**
 * Whether a webhook is Stripe's, checked on the bytes as they came: an HMAC-SHA-256
 * of `t.body` under one of our secrets (two while they are rotated), made at most 300
 * seconds ago or ahead. Stripe's own library accepts times up to any distance in the
 * future; a signature made for tomorrow could be kept and used then, so we do not.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { epochMs, type Instant } from '#domain/time/instant.ts';
import { stripeWebhook } from '#events/stripe.ts';
import type { WebhookEvent } from '../../ports.ts';

const toleranceSeconds = 300;

export interface WebhookTrust {
  readonly secrets: readonly string[];
  /** Whether our key is a live one: news of test payments settles nothing live, nor the other way round. */
  readonly livemode: boolean;
}

export const verifyWebhook = (
  trust: WebhookTrust,
  body: Uint8Array,
  header: string,
  now: Instant,
): WebhookEvent | { readonly forged: string } => {
  const signed = readHeader(header);
  if (signed === undefined) return { forged: 'The Stripe-Signature header is missing or not of the form t=…,v1=….' };
  if (Math.abs(epochMs(now) / 1000 - signed.atSeconds) > toleranceSeconds)
    return { forged: 'The signature was made more than 300 seconds from now.' };
  if (
    !trust.secrets.some((secret) =>
      signed.signatures.some((signature) => isSignature(signature, secret, signed.atText, body)),
    )
  )
    return { forged: 'No signature fits the body.' };
  const event = stripeWebhook.safeParse(parsed(body));
  if (!event.success) return { forged: 'The body is signed but is no event we know the form of.' };
  if (event.data.livemode !== trust.livemode) return { forged: 'The event is of the other mode, live or test.' };
  const { id, type, data } = event.data;
  return { id, type, object: data.object.id };
};

const readHeader = (header: string) => {
  const items = header.split(',').map((item) => item.trim().split('=', 2));
  const valuesOf = (name: string) => items.filter(([key]) => key === name).map(([, value]) => value ?? '');
  const [atText = '', another] = valuesOf('t');
  const signatures = valuesOf('v1').filter((signature) => /^[0-9a-f]{64}$/.test(signature));
  if (!/^\d{1,12}$/.test(atText) || another !== undefined || signatures.length === 0) return undefined;
  return { atText, atSeconds: Number(atText), signatures };
};

const isSignature = (signature: string, secret: string, atText: string, body: Uint8Array): boolean =>
  secret !== '' &&
  timingSafeEqual(
    Buffer.from(signature, 'hex'),
    createHmac('sha256', secret).update(`${atText}.`).update(body).digest(),
  );

const parsed = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
};
