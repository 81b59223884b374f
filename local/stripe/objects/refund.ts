/** A refund as Stripe shows one; a bank debit's refund starts pending, and any refund can fail days after it succeeded. */
import type { Charge } from './charge.ts';
import type { Metadata } from './parts.ts';

export type RefundReason = 'duplicate' | 'fraudulent' | 'requested_by_customer';

export interface RefundFields {
  id: string;
  created: number;
  amount: number;
  charge: Charge;
  reason: RefundReason | null;
  metadata: Metadata;
}

export const newRefund = ({ id, created, amount, charge, reason, metadata }: RefundFields) => ({
  id,
  object: 'refund' as const,
  amount,
  balance_transaction: null as string | null,
  charge: charge.id,
  created,
  currency: charge.currency,
  customer: charge.customer,
  customer_account: null,
  destination_details:
    charge.payment_method_details.type === 'card'
      ? {
          type: 'card',
          card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' as const },
        }
      : { type: charge.payment_method_details.type },
  metadata,
  payment_intent: charge.payment_intent,
  payment_method: charge.payment_method,
  reason,
  receipt_number: null,
  source_transfer_reversal: null,
  status: 'pending' as 'pending' | 'succeeded' | 'failed',
  transfer_reversal: null,
});

/** `failure_…` appear only on a refund that failed, as at Stripe. */
export type Refund = ReturnType<typeof newRefund> & { failure_reason?: string; failure_balance_transaction?: string };
