/** A card, an ACH or a SEPA debit as Stripe shows it; card numbers never come here, only test tokens. */
import { type BillingDetails, type Metadata } from './parts.ts';

export type PaymentMethodType = 'card' | 'us_bank_account' | 'sepa_debit';

export interface PaymentMethodFields {
  id: string;
  created: number;
  type: PaymentMethodType;
  last4: string;
  brand: string;
  expiryYear: number;
  billingDetails: BillingDetails;
  metadata: Metadata;
}

const card = ({ brand, last4, expiryYear }: PaymentMethodFields) => ({
  brand,
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
  country: 'US',
  display_brand: brand,
  exp_month: 12,
  exp_year: expiryYear,
  fingerprint: `card${last4}`,
  funding: 'credit',
  generated_from: null,
  last4,
  networks: { available: [brand], preferred: null },
  regulated_status: 'unregulated' as const,
  three_d_secure_usage: { supported: true },
  wallet: null,
});

const usBankAccount = (last4: string) => ({
  account_holder_type: 'company' as const,
  account_type: 'checking' as const,
  bank_name: 'STRIPE TEST BANK',
  financial_connections_account: null,
  fingerprint: `bank${last4}`,
  last4,
  networks: { preferred: 'ach', supported: ['ach' as const] },
  routing_number: '110000000',
  status_details: null,
});

const sepaDebit = (last4: string) => ({
  bank_code: '37040044',
  branch_code: '',
  country: 'DE',
  fingerprint: `iban${last4}`,
  generated_from: { charge: null, setup_attempt: null },
  last4,
});

export const newPaymentMethod = (given: PaymentMethodFields) => ({
  id: given.id,
  object: 'payment_method' as const,
  allow_redisplay: 'unspecified' as const,
  billing_details: given.billingDetails,
  created: given.created,
  customer: null as string | null,
  customer_account: null,
  livemode: false,
  metadata: given.metadata,
  type: given.type,
  ...(given.type === 'card' ? { card: card(given) } : {}),
  ...(given.type === 'us_bank_account' ? { us_bank_account: usBankAccount(given.last4) } : {}),
  ...(given.type === 'sepa_debit' ? { sepa_debit: sepaDebit(given.last4) } : {}),
});

export type PaymentMethod = ReturnType<typeof newPaymentMethod>;
