/**
 * A charge on its way to a bill: its amount as rounded for the line, and what was taken off it, each reduction visible
 * beside the amount it reduces.
 */
import { type Decimal, add, one, subtract, sum, zero } from '../money/decimal.ts';
import type { Charge } from './pricing-model.ts';

export interface PricedLine extends Omit<Charge, 'kind'> {
  readonly kind: Charge['kind'] | 'minimum';
  /** Quantity × unit price before rounding. */
  readonly exact: Decimal;
  /** Percentage discounts and what a maximum takes off; never more than the amount. */
  readonly discount: Decimal;
  readonly credits: Decimal;
}

/** How a caller rounds an amount of money; the identity keeps it exact. */
export type RoundAmount = (exact: Decimal) => Decimal;

export const lineOf = (charge: Charge, round: RoundAmount): PricedLine => ({
  ...charge,
  amount: round(charge.amount),
  exact: charge.amount,
  discount: zero,
  credits: zero,
});

export const minimumLine = (trueUp: Decimal): PricedLine => ({
  part: 'minimum',
  kind: 'minimum',
  quantity: one,
  unitPrice: trueUp,
  amount: trueUp,
  exact: trueUp,
  discount: zero,
  credits: zero,
});

export const discounted = (line: PricedLine, by: Decimal): PricedLine => ({
  ...line,
  discount: add(line.discount, by),
});

/** What the line comes to after discounts and before credits. */
export const netOf = ({ amount, discount }: PricedLine): Decimal => subtract(amount, discount);

/** What is left to pay. */
export const payableOf = (line: PricedLine): Decimal => subtract(netOf(line), line.credits);

export const netTotal = (lines: readonly PricedLine[]): Decimal => sum(lines.map(netOf));

export const payableTotal = (lines: readonly PricedLine[]): Decimal => sum(lines.map(payableOf));
