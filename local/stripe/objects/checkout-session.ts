/** A Checkout Session as Stripe shows one: a hosted page on which a customer pays once or leaves a payment method. */
import type { Metadata } from './parts.ts';

export interface CheckoutSessionFields {
  id: string;
  created: number;
  expiresAt: number;
  mode: 'payment' | 'setup';
  amount: number | null;
  currency: string | null;
  customer: string | null;
  customerEmail: string | null;
  clientReferenceId: string | null;
  allowedTypes: string[] | null;
  paymentMethodTypes: string[];
  setupIntent: string | null;
  successUrl: string;
  cancelUrl: string | null;
  url: string;
  metadata: Metadata;
}

const noCustomText = {
  after_submit: null,
  shipping_address: null,
  submit: null,
  terms_of_service_acceptance: null,
};

export const newCheckoutSession = (given: CheckoutSessionFields) => ({
  id: given.id,
  object: 'checkout.session' as const,
  adaptive_pricing: null,
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: given.allowedTypes,
  amount_subtotal: given.amount,
  amount_total: given.amount,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  cancel_url: given.cancelUrl,
  client_reference_id: given.clientReferenceId,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  created: given.created,
  currency: given.currency,
  currency_conversion: null,
  custom_fields: [],
  custom_text: noCustomText,
  customer: given.customer,
  customer_account: null,
  customer_creation: null,
  customer_details: null,
  customer_email: given.customerEmail,
  discounts: [],
  expires_at: given.expiresAt,
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  livemode: false,
  locale: null,
  managed_payments: null,
  metadata: given.metadata,
  mode: given.mode,
  origin_context: null,
  payment_intent: null as string | null,
  payment_link: null,
  payment_method_collection: 'if_required' as const,
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_method_types: given.paymentMethodTypes,
  payment_status: (given.mode === 'setup' ? 'no_payment_required' : 'unpaid') as
    'no_payment_required' | 'paid' | 'unpaid',
  permissions: null,
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: given.setupIntent,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: 'open' as 'open' | 'complete' | 'expired',
  submit_type: null,
  subscription: null,
  success_url: given.successUrl,
  total_details: given.amount === null ? null : { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: 'hosted_page',
  url: given.url as string | null,
  wallet_options: null,
});

export type CheckoutSession = ReturnType<typeof newCheckoutSession>;
