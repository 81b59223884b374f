/**
 * Splits an amount by weights so that nothing is lost and nothing is made: the parts always add up to the amount.
 * Whole minor units rarely divide evenly, so a policy says who gets the units left over; every tie goes to the
 * earlier part. The house policy `largest_remainder` mirrors negative amounts, so a credit note cancels its invoice.
 */
import { assert, present, unreachable } from '../assert.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type Decimal, digitsAt } from './decimal.ts';
import type { Money } from './money.ts';
import { roundedQuotient } from './rounding.ts';

export const allocationPolicies = [
  /** Shares cut towards zero; units left over go to the largest remainders. */
  'largest_remainder',
  /** The same, but shares are cut downwards, so −5 by 7:3 is −3, −2 where the house policy gives −4, −1. */
  'largest_remainder_floor',
  /** Shares cut towards zero; units left over go to the largest weights. */
  'largest_weight',
  /** From the last part backwards, each its share of what remains, cut towards zero; all-zero weights count as equal. */
  'from_last',
  /** The same walk with each share rounded half up. */
  'from_last_rounded',
] as const;

export type AllocationPolicy = (typeof allocationPolicies)[number];

/** Why these weights split nothing, if so. */
export const refuseWeights = (
  weights: readonly Decimal[],
  policy: AllocationPolicy = 'largest_remainder',
): Refusal<'unusable_weights'> | undefined => {
  if (weights.length === 0) return refuse('unusable_weights', 'An amount is split between one part or more.');
  if (weights.some(({ digits }) => digits < 0n)) return refuse('unusable_weights', 'A weight is not negative.');
  const zeroIsEqual = policy === 'from_last' || policy === 'from_last_rounded';
  if (!zeroIsEqual && weights.every(({ digits }) => digits === 0n))
    return refuse('unusable_weights', 'At least one weight is above zero.');
  return undefined;
};

/** The parts of the amount, one for each weight; refusable weights (see `refuseWeights`) are a bug here. */
export const allocate = (amount: Money, weights: readonly Decimal[], policy?: AllocationPolicy): readonly Money[] =>
  allocateUnits(amount.minor, weights, policy).map((minor) => ({ currency: amount.currency, minor }));

/** The same for a count of any indivisible unit. */
export const allocateUnits = (
  amount: bigint,
  weights: readonly Decimal[],
  policy: AllocationPolicy = 'largest_remainder',
): readonly bigint[] => {
  const refusal = refuseWeights(weights, policy);
  assert(refusal === undefined, refusal?.because ?? '');
  const scale = Math.max(...weights.map((weight) => weight.scale));
  const whole = weights.map((weight) => digitsAt(weight, scale));
  const parts = partsBy(policy, amount, whole);
  assert(parts.reduce((a, b) => a + b, 0n) === amount, 'the parts add up to the amount');
  return parts;
};

const partsBy = (policy: AllocationPolicy, amount: bigint, weights: readonly bigint[]): readonly bigint[] => {
  switch (policy) {
    case 'largest_remainder':
      return amount < 0n ? byRemainder(-amount, weights).map((part) => -part) : byRemainder(amount, weights);
    case 'largest_remainder_floor':
      return byRemainder(amount, weights);
    case 'largest_weight':
      return byWeight(amount, weights);
    case 'from_last':
      return fromLast(amount, weights, 'down');
    case 'from_last_rounded':
      return fromLast(amount, weights, 'half_up');
    default:
      return unreachable(policy);
  }
};

const byRemainder = (amount: bigint, weights: readonly bigint[]): readonly bigint[] => {
  const all = sumOf(weights);
  const shares = weights.map((weight) => roundedQuotient(amount * weight, all, 'floor'));
  const remainders = weights.map((weight, i) => amount * weight - present(shares[i], 'a share a weight') * all);
  return handOut(amount - sumOf(shares), shares, remainders);
};

const byWeight = (amount: bigint, weights: readonly bigint[]): readonly bigint[] => {
  const all = sumOf(weights);
  const shares = weights.map((weight) => (amount * weight) / all);
  return handOut(amount - sumOf(shares), shares, weights);
};

/** Gives the units left over, one each, to the parts of highest rank; the earlier first among equals. */
const handOut = (left: bigint, shares: readonly bigint[], rank: readonly bigint[]): readonly bigint[] => {
  const unit = left < 0n ? -1n : 1n;
  const inOrder = [...rank.entries()].sort(([i, a], [j, b]) => (a === b ? i - j : a > b ? -1 : 1));
  const places = new Map(inOrder.map(([part], place) => [part, BigInt(place)]));
  return shares.map((share, part) =>
    present(places.get(part), 'every part has a rank') < left * unit ? share + unit : share,
  );
};

const fromLast = (amount: bigint, given: readonly bigint[], rounding: 'down' | 'half_up'): readonly bigint[] => {
  const weights = given.every((weight) => weight === 0n) ? given.map(() => 1n) : given;
  const parts: bigint[] = [];
  let [left, weightLeft] = [amount, sumOf(weights)];
  for (const weight of weights.toReversed()) {
    // Leading zero weights find nothing left to share.
    const part = weightLeft === 0n ? 0n : roundedQuotient(left * weight, weightLeft, rounding);
    parts.unshift(part);
    left -= part;
    weightLeft -= weight;
  }
  return parts;
};

const sumOf = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);
