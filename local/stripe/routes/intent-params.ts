/** Parameters that payment intents, setup intents and Checkout sessions read alike. */
import { boolean, list, object, oneOf, type Params, required } from '../api/params.ts';
import type { AutomaticPaymentMethods } from '../objects/payment-intent.ts';

/** Since 2026-09-30 requests name them `allowed_payment_method_types`; the older `payment_method_types` is gone. */
export const allowedTypes = list(oneOf('card', 'us_bank_account', 'sepa_debit'));

export const usage = oneOf('off_session', 'on_session');

const automaticShape = { enabled: boolean, allow_redirects: oneOf('always', 'never') };

export const automaticPaymentMethods = object(automaticShape);

export const readAutomatic = (
  given: Params<typeof automaticShape> | undefined,
): AutomaticPaymentMethods | undefined => {
  if (given === undefined) return undefined;
  const enabled = required(given.enabled, 'automatic_payment_methods[enabled]');
  return enabled ? { enabled, allow_redirects: given.allow_redirects ?? 'always' } : undefined;
};
