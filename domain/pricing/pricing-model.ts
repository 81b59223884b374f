/**
 * What every pricing model is: the terms a price states, and the charges those terms make of a quantity. Charges are
 * exact; the invoice rounds them, once a line. To add a model, add one folder here and one line to index.ts; its
 * examples are run as tests and printed in the pricing guide, so they are its specification.
 */
import type * as z from 'zod';
import { type Decimal, isZero, multiply, negate, one, sum } from '../money/decimal.ts';

/** One part of what a quantity costs. The charges of a quantity add up to its price. */
export interface Charge {
  /** Which part this is, in words for the bill: `first 100`, `beyond 500`; empty where the price has but one. Never depends on the quantity. */
  readonly part: string;
  /** `usage` is priced by quantity; `flat` is an amount that comes with a price or with a tier. */
  readonly kind: 'usage' | 'flat';
  /** The tier, counted from 1; 0 is the free allowance before them. Absent where a model has no tiers. */
  readonly tier?: number;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
  /** quantity × unitPrice, exact. */
  readonly amount: Decimal;
}

export interface Example<Terms> {
  readonly that: string;
  readonly terms: Terms;
  /** Quantity used → exact amount owed. */
  readonly owes: Readonly<Record<string, string>>;
}

export interface PricingModel<Schema extends z.ZodType = z.ZodType> {
  /** Strict, and without transforms: a price passes through unchanged. */
  readonly terms: Schema;
  /** What a quantity of zero or more costs. Parts of which nothing was used are left out. */
  readonly charges: (terms: z.infer<Schema>, quantity: Decimal) => readonly Charge[];
  readonly examples: readonly Example<z.infer<Schema>>[];
  /** Why using more can cost less, for the few models where it can. */
  readonly mayFall?: string;
  /** Which part of a period bills it, where a period is billed in parts; `each_part` unless said. */
  readonly billedIn?: (terms: z.infer<Schema>) => 'first_part' | 'each_part' | 'last_part';
}

export const pricingModel = <Schema extends z.ZodType>(model: PricingModel<Schema>): PricingModel<Schema> => model;

export const usageCharge = (part: string, quantity: Decimal, unitPrice: Decimal, tier?: number): Charge =>
  chargeOf('usage', part, quantity, unitPrice, tier);

export const flatCharge = (part: string, amount: Decimal, tier?: number): Charge =>
  chargeOf('flat', part, one, amount, tier);

/** The charge that undoes this one. */
export const reversed = (charge: Charge): Charge => ({
  ...charge,
  quantity: negate(charge.quantity),
  amount: negate(charge.amount),
});

/** The charges of which there is something. */
export const withoutNone = (charges: readonly Charge[]): readonly Charge[] =>
  charges.filter(({ quantity }) => !isZero(quantity));

export const totalOf = (charges: readonly Charge[]): Decimal => sum(charges.map(({ amount }) => amount));

const chargeOf = (
  kind: Charge['kind'],
  part: string,
  quantity: Decimal,
  unitPrice: Decimal,
  tier: number | undefined,
): Charge => ({
  part,
  kind,
  ...(tier === undefined ? {} : { tier }),
  quantity,
  unitPrice,
  amount: multiply(quantity, unitPrice),
});
