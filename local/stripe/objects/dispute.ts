/** A dispute as Stripe shows one; evidence is not handled here, so its fields stay empty. */
import type { BalanceTransaction } from './balance-transaction.ts';
import type { Charge } from './charge.ts';

const RESPONSE_DAYS = 9;

export interface DisputeFields {
  id: string;
  created: number;
  amount: number;
  reason: string;
  charge: Charge;
}

const noEvidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

export const newDispute = ({ id, created, amount, reason, charge }: DisputeFields) => ({
  id,
  object: 'dispute' as const,
  amount,
  balance_transactions: [] as BalanceTransaction[],
  charge: charge.id,
  created,
  currency: charge.currency,
  enhanced_eligibility_types: [],
  evidence: noEvidence,
  evidence_details: {
    due_by: created + RESPONSE_DAYS * 86_400,
    enhanced_eligibility: {},
    has_evidence: false,
    past_due: false,
    submission_count: 0,
    submission_method: 'manual' as const,
  },
  intended_submission_method: null,
  is_charge_refundable: false,
  livemode: false,
  metadata: {},
  payment_intent: charge.payment_intent,
  reason,
  status: 'needs_response' as 'needs_response' | 'won' | 'lost',
});

export type Dispute = ReturnType<typeof newDispute>;
