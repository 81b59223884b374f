/** A payout as Stripe shows one: money leaving the balance for our bank account. */
import type { Metadata } from './parts.ts';

export interface PayoutFields {
  id: string;
  created: number;
  amount: number;
  currency: string;
  arrivalDate: number;
  automatic: boolean;
  metadata: Metadata;
}

export const newPayout = (given: PayoutFields) => ({
  id: given.id,
  object: 'payout' as const,
  amount: given.amount,
  application_fee: null,
  application_fee_amount: null,
  arrival_date: given.arrivalDate,
  automatic: given.automatic,
  balance_transaction: null as string | null,
  created: given.created,
  currency: given.currency,
  description: given.automatic ? 'STRIPE PAYOUT' : null,
  destination: null,
  failure_balance_transaction: null as string | null,
  failure_code: null as string | null,
  failure_message: null as string | null,
  livemode: false,
  metadata: given.metadata,
  method: 'standard',
  original_payout: null,
  payout_method: null,
  reconciliation_status: given.automatic ? ('completed' as const) : ('not_applicable' as const),
  reversed_by: null,
  source_type: 'card',
  statement_descriptor: null,
  status: 'in_transit' as 'in_transit' | 'paid' | 'failed',
  trace_id: null,
  type: 'bank_account' as const,
});

export type Payout = ReturnType<typeof newPayout>;
