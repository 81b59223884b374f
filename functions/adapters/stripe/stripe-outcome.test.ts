/** What each of Stripe’s errors means for the money. */
import { Stripe } from 'stripe';
import { expect, it } from 'vitest';
import { Outage } from '#domain/outage.ts';
import { outcomeOf, outcomeOfError } from './stripe-outcome.ts';

const { errors } = Stripe;
const raw = (more: object = {}) =>
  ({ message: 'because', ...more }) as ConstructorParameters<typeof errors.StripeCardError>[0];

it.each([
  ['a decline', new errors.StripeCardError(raw()), 'refused'],
  ['a wrong parameter', new errors.StripeInvalidRequestError(raw()), 'refused'],
  ['a timeout or a reset', new errors.StripeConnectionError(raw({ detail: { code: 'ECONNRESET' } })), 'unknown'],
  ['a 500', new errors.StripeAPIError(raw({ statusCode: 500 })), 'unknown'],
] as readonly (readonly [string, Stripe.errors.StripeError, string])[])('%s', (_, error, state) => {
  expect(outcomeOfError(error)).toEqual({ state, because: 'because' });
});

it.each([
  ['too many requests', new errors.StripeRateLimitError(raw({ statusCode: 429 }))],
  [
    'our key in use by another delivery',
    new errors.StripeAPIError(raw({ statusCode: 409, code: 'idempotency_key_in_use' })),
  ],
  ['no connection at all', new errors.StripeConnectionError(raw({ detail: { code: 'ECONNREFUSED' } }))],
  ['a wrong API key', new errors.StripeAuthenticationError(raw({ statusCode: 401 }))],
  ['a key without the right', new errors.StripePermissionError(raw({ statusCode: 403 }))],
] as readonly (readonly [string, Stripe.errors.StripeError])[])('%s: nothing happened, come again', (_, error) => {
  expect(() => outcomeOfError(error)).toThrow(Outage);
});

it('stops at one key with two requests, at what is in no table, and at our own mistakes', async () => {
  expect(() => outcomeOfError(new errors.StripeIdempotencyError(raw()))).toThrow('StripeIdempotencyError');
  expect(() => outcomeOfError(new errors.StripeInvalidGrantError(raw()))).toThrow('StripeInvalidGrantError');
  await expect(outcomeOf(() => Promise.reject(new TypeError('a typo')))).rejects.toThrow(TypeError);
});
