/** A setup intent as Stripe shows one: permission to charge a payment method later, without a charge now. */
import type { Metadata, PaymentError } from './parts.ts';
import type { AutomaticPaymentMethods, NextAction } from './payment-intent.ts';

export type SetupIntentStatus =
  'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'canceled' | 'succeeded';

export interface SetupIntentFields {
  id: string;
  created: number;
  clientSecret: string;
  customer: string | null;
  paymentMethod: string | null;
  allowedTypes: string[] | null;
  paymentMethodTypes: string[];
  automaticPaymentMethods: AutomaticPaymentMethods | null;
  usage: 'off_session' | 'on_session';
  description: string | null;
  metadata: Metadata;
}

export const newSetupIntent = (given: SetupIntentFields) => ({
  id: given.id,
  object: 'setup_intent' as const,
  allowed_payment_method_types: given.allowedTypes,
  application: null,
  automatic_payment_methods: given.automaticPaymentMethods,
  cancellation_reason: null as string | null,
  client_secret: given.clientSecret,
  created: given.created,
  customer: given.customer,
  customer_account: null,
  description: given.description,
  excluded_payment_method_types: null,
  flow_directions: null,
  last_setup_error: null as PaymentError | null,
  latest_attempt: null,
  livemode: false,
  managed_payments: null,
  mandate: null,
  metadata: given.metadata,
  next_action: null as NextAction | null,
  on_behalf_of: null,
  payment_method: given.paymentMethod,
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_method_types: given.paymentMethodTypes,
  single_use_mandate: null,
  status: (given.paymentMethod === null ? 'requires_payment_method' : 'requires_confirmation') as SetupIntentStatus,
  usage: given.usage,
});

export type SetupIntent = ReturnType<typeof newSetupIntent>;
