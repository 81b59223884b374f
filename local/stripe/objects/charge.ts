/** A charge as Stripe shows one: a single attempt to move money, kept whether it succeeded or failed. */
import type { PaymentIntent } from './payment-intent.ts';
import type { PaymentMethod } from './payment-method.ts';

export type ChargeStatus = 'succeeded' | 'pending' | 'failed';

export interface ChargeFields {
  id: string;
  created: number;
  intent: PaymentIntent;
  method: PaymentMethod;
}

const methodDetails = (method: PaymentMethod, amount: number) => {
  if (method.us_bank_account) {
    const { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number } = method.us_bank_account;
    const us_bank_account = { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number };
    return { type: 'us_bank_account', us_bank_account: { ...us_bank_account, payment_reference: null } };
  }
  if (method.sepa_debit) {
    const { bank_code, branch_code, country, fingerprint, last4 } = method.sepa_debit;
    return { type: 'sepa_debit', sepa_debit: { bank_code, branch_code, country, fingerprint, last4, mandate: null } };
  }
  const { brand, country, exp_month, exp_year, fingerprint, funding, last4 } = method.card ?? {};
  return {
    type: 'card',
    card: {
      amount_authorized: amount,
      authorization_code: null,
      ...{ brand, country, exp_month, exp_year, fingerprint, funding, last4 },
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: null },
      electronic_commerce_indicator: null,
      installments: null,
      mandate: null,
      network: brand ?? null,
      network_transaction_id: null,
      regulated_status: 'unregulated' as const,
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
};

/** How the networks judged an attempt. */
export const approved = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: 'approved_by_network',
  reason: null as string | null,
  risk_level: 'normal',
  seller_message: 'Payment complete.',
  type: 'authorized',
};

export const declined = (reason: string): typeof approved => ({
  ...approved,
  network_status: 'declined_by_network',
  reason,
  seller_message: 'The bank did not return any further details with this decline.',
  type: 'issuer_declined',
});

/** A charge before its result is known: `pending`, not paid. */
export const newCharge = ({ id, created, intent, method }: ChargeFields) => ({
  id,
  object: 'charge' as const,
  amount: intent.amount,
  amount_captured: 0,
  amount_refunded: 0,
  application: null,
  application_fee: null,
  application_fee_amount: null,
  balance_transaction: null as string | null,
  billing_details: method.billing_details,
  calculated_statement_descriptor: 'COUNTINGHOUSE',
  captured: false,
  created,
  currency: intent.currency,
  customer: intent.customer,
  description: intent.description,
  disputed: false,
  failure_balance_transaction: null as string | null,
  failure_code: null as string | null,
  failure_message: null as string | null,
  fraud_details: {},
  livemode: false,
  metadata: intent.metadata,
  on_behalf_of: null,
  outcome: approved as typeof approved | null,
  paid: false,
  payment_intent: intent.id,
  payment_method: method.id,
  payment_method_details: methodDetails(method, intent.amount),
  receipt_email: intent.receipt_email,
  receipt_number: null,
  receipt_url: null,
  refunded: false,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: intent.statement_descriptor_suffix,
  status: 'pending' as ChargeStatus,
  transfer_data: null,
  transfer_group: null,
});

export type Charge = ReturnType<typeof newCharge>;
