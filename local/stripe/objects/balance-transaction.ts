/**
 * One movement of Stripe's balance. The fee is 2.9 % plus 30 minor units, rounded half up:
 * 1,000 cents pay 29 + 30 = 59 cents and bring 941. Bank debits pay the same here, which is
 * simpler than Stripe's price list.
 */

export type BalanceTransactionType =
  'charge' | 'payment' | 'refund' | 'payment_refund' | 'refund_failure' | 'adjustment' | 'payout' | 'payout_failure';

export const chargeFee = (amount: number): number => Math.floor((amount * 29 + 500) / 1000) + 30;

export interface BalanceTransactionFields {
  id: string;
  created: number;
  availableOn: number;
  amount: number;
  fee: number;
  currency: string;
  type: BalanceTransactionType;
  category: string;
  source: string;
  description: string | null;
}

export const newBalanceTransaction = (given: BalanceTransactionFields) => ({
  id: given.id,
  object: 'balance_transaction' as const,
  amount: given.amount,
  available_on: given.availableOn,
  balance_type: 'payments' as const,
  created: given.created,
  currency: given.currency,
  description: given.description,
  exchange_rate: null,
  fee: given.fee,
  fee_details:
    given.fee === 0
      ? []
      : [
          {
            amount: given.fee,
            application: null,
            currency: given.currency,
            description: given.type === 'adjustment' ? 'Dispute fee' : 'Stripe processing fees',
            type: 'stripe_fee',
          },
        ],
  net: given.amount - given.fee,
  reporting_category: given.category,
  source: given.source,
  status: 'pending' as 'pending' | 'available',
  type: given.type,
});

export type BalanceTransaction = ReturnType<typeof newBalanceTransaction>;
