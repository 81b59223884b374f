/** Making a payment intent: amount and currency as Stripe takes them, nothing charged yet. Checkout makes its own this way too. */
import type { Account } from '../account/account.ts';
import { invalidRequest } from '../api/errors.ts';
import { checkChargeAmount, checkCurrency } from '../currencies.ts';
import type { Metadata } from '../objects/parts.ts';
import { type AutomaticPaymentMethods, newPaymentIntent, type PaymentIntent } from '../objects/payment-intent.ts';
import { checkUsable, resolveMethod } from './use-method.ts';

export interface IntentAsked {
  readonly amount: number;
  readonly currency: string;
  readonly customer?: string | undefined;
  readonly paymentMethod?: string | undefined;
  readonly allowedTypes?: string[] | undefined;
  readonly automaticPaymentMethods?: AutomaticPaymentMethods | null | undefined;
  readonly captureMethod?: 'automatic' | 'automatic_async' | undefined;
  readonly setupFutureUsage?: 'off_session' | 'on_session' | null | undefined;
  readonly description?: string | null | undefined;
  readonly receiptEmail?: string | null | undefined;
  readonly statementDescriptorSuffix?: string | null | undefined;
  readonly metadata: Metadata;
}

/** The allowed types (all, unless named) that exist for a currency. */
export const compatibleTypes = (currency: string | null, allowed?: readonly string[]): string[] => {
  const all = [
    'card',
    ...(currency === 'usd' ? ['us_bank_account'] : []),
    ...(currency === 'eur' ? ['sepa_debit'] : []),
  ];
  const left = all.filter((type) => allowed?.includes(type) ?? true);
  return left.length > 0
    ? left
    : invalidRequest(`None of the allowed payment method types can take ${currency ?? 'a payment method'}.`, {
        param: 'allowed_payment_method_types',
      });
};

export const makeIntent = (account: Account, asked: IntentAsked): PaymentIntent => {
  const currency = checkCurrency(asked.currency);
  const amount = checkChargeAmount(asked.amount, currency);
  const customer = asked.customer === undefined ? null : account.find('customer', asked.customer, 'customer').id;
  const method = asked.paymentMethod === undefined ? null : resolveMethod(account, asked.paymentMethod);
  if (method) checkUsable(account, method, customer);
  const id = account.mintId('pi');
  const intent = newPaymentIntent({
    id,
    created: account.created(),
    clientSecret: `${id}_secret_${account.mintId('s').slice(2)}`,
    ...{ amount, currency, customer },
    paymentMethod: method?.id ?? null,
    allowedTypes: asked.allowedTypes ?? null,
    paymentMethodTypes: compatibleTypes(currency, asked.allowedTypes),
    // Without either parameter the dashboard's methods apply, redirects included: Stripe's default since 2023-08-16.
    automaticPaymentMethods:
      asked.automaticPaymentMethods ?? (asked.allowedTypes ? null : { enabled: true, allow_redirects: 'always' }),
    captureMethod: asked.captureMethod ?? 'automatic_async',
    setupFutureUsage: asked.setupFutureUsage ?? null,
    description: asked.description ?? null,
    receiptEmail: asked.receiptEmail ?? null,
    statementDescriptorSuffix: asked.statementDescriptorSuffix ?? null,
    metadata: asked.metadata,
  });
  account.store.put('payment_intent', intent);
  account.emit('payment_intent.created', intent);
  return intent;
};
