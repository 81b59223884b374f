/**
 * What each way a call to Stripe can end means for the money, in one table: done,
 * known not to have happened (`refused`), or known by nobody (`unknown`). Where
 * Stripe never began (too busy, our key in use by another delivery, no connection, a
 * wrong API key) it is an Outage: nothing happened, and the message comes again. One
 * key with two different requests is a bug of ours, and so is an error not listed;
 * but for a call that says what else it means.
 */
import { Stripe } from 'stripe';
import { Bug } from '#domain/assert.ts';
import { Outage } from '#domain/outage.ts';
import type { CallOutcome } from '../../ports.ts';

type Fate = 'refused' | 'unknown' | 'outage' | 'bug';

const fates: Readonly<Record<string, Fate>> = {
  StripeCardError: 'refused',
  StripeInvalidRequestError: 'refused',
  StripeConnectionError: 'unknown',
  StripeAPIError: 'unknown',
  StripeRateLimitError: 'outage',
  StripeAuthenticationError: 'outage',
  StripePermissionError: 'outage',
  StripeIdempotencyError: 'bug',
};

/** The connection was never made, so nothing was sent. A timeout or a reset is not among them. */
const neverSent: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

export const outcomeOf = async <Value>(
  call: () => Promise<Value>,
  keyOfAnother: 'refused' | 'bug' = 'bug',
): Promise<CallOutcome<Value>> => {
  try {
    return { state: 'ok', value: await call() };
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    if (error instanceof Stripe.errors.StripeIdempotencyError && keyOfAnother === 'refused')
      return { state: 'refused', because: error.message };
    return outcomeOfError(error);
  }
};

export const outcomeOfError = (error: Stripe.errors.StripeError): CallOutcome<never> => {
  switch (fateOf(error)) {
    case 'refused':
      return { state: 'refused', because: error.message };
    case 'unknown':
      return { state: 'unknown', because: error.message };
    case 'outage':
      throw new Outage(`Stripe: ${error.message}`, { cause: error });
    case 'bug':
      throw new Bug(`Stripe ${error.type}: ${error.message}`);
  }
};

const fateOf = (error: Stripe.errors.StripeError): Fate => {
  // stripe-node has no class for 409, "another request with this key is in progress".
  if (error.statusCode === 409) return 'outage';
  if (error instanceof Stripe.errors.StripeConnectionError && neverSent.has(codeOf(error.detail))) return 'outage';
  return fates[error.type] ?? 'bug';
};

const codeOf = (detail: unknown): unknown =>
  typeof detail === 'object' && detail !== null && 'code' in detail ? detail.code : undefined;
