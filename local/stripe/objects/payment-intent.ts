/** A payment intent as Stripe shows one: the whole life of one payment, over all its attempts. */
import type { Metadata, PaymentError } from './parts.ts';

export type PaymentIntentStatus =
  'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'processing' | 'canceled' | 'succeeded';

export interface AutomaticPaymentMethods {
  enabled: boolean;
  allow_redirects: 'always' | 'never';
}

export interface PaymentIntentFields {
  id: string;
  created: number;
  clientSecret: string;
  amount: number;
  currency: string;
  customer: string | null;
  paymentMethod: string | null;
  allowedTypes: string[] | null;
  paymentMethodTypes: string[];
  automaticPaymentMethods: AutomaticPaymentMethods | null;
  captureMethod: 'automatic' | 'automatic_async';
  setupFutureUsage: 'off_session' | 'on_session' | null;
  description: string | null;
  receiptEmail: string | null;
  statementDescriptorSuffix: string | null;
  metadata: Metadata;
}

export type NextAction =
  | { type: 'redirect_to_url'; redirect_to_url: { return_url: string; url: string } }
  | { type: 'use_stripe_sdk'; use_stripe_sdk: { type: 'three_d_secure_redirect' } };

export const newPaymentIntent = (given: PaymentIntentFields) => ({
  id: given.id,
  object: 'payment_intent' as const,
  allowed_payment_method_types: given.allowedTypes,
  amount: given.amount,
  amount_capturable: 0,
  amount_details: { tip: {} },
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: given.automaticPaymentMethods,
  canceled_at: null as number | null,
  cancellation_reason: null as string | null,
  capture_method: given.captureMethod,
  client_secret: given.clientSecret,
  confirmation_method: 'automatic' as const,
  created: given.created,
  currency: given.currency,
  customer: given.customer,
  customer_account: null,
  description: given.description,
  excluded_payment_method_types: null,
  last_payment_error: null as PaymentError | null,
  latest_charge: null as string | null,
  livemode: false,
  managed_payments: null,
  metadata: given.metadata,
  next_action: null as NextAction | null,
  on_behalf_of: null,
  payment_method: given.paymentMethod,
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_method_types: given.paymentMethodTypes,
  payment_record: null,
  processing: null,
  receipt_email: given.receiptEmail,
  review: null,
  setup_future_usage: given.setupFutureUsage,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: given.statementDescriptorSuffix,
  status: (given.paymentMethod === null ? 'requires_payment_method' : 'requires_confirmation') as PaymentIntentStatus,
  transfer_data: null,
  transfer_group: null,
});

export type PaymentIntent = ReturnType<typeof newPaymentIntent>;
