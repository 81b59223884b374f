/**
 * The ways a number is rounded, and the one integer division every rounding here
 * goes through. Names follow the field: "half up" is away from zero at the half,
 * so a credit note exactly cancels its invoice.
 */
import { assert, unreachable } from '../assert.ts';

export const roundings = [
  'half_up',
  'half_even',
  'half_down',
  'half_odd',
  'half_positive',
  'half_negative',
  'up',
  'down',
  'ceil',
  'floor',
] as const;

export type Rounding = (typeof roundings)[number];

/** numerator ÷ denominator to a whole number, rounded as named. */
export const roundedQuotient = (numerator: bigint, denominator: bigint, rounding: Rounding): bigint => {
  assert(denominator !== 0n, 'a divisor is not zero');
  const [n, d] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator];
  const towardsZero = n / d;
  const rest = n - towardsZero * d;
  if (rest === 0n) return towardsZero;
  const sign = n < 0n ? -1n : 1n;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  return movesAway(rounding, twice < d ? -1 : twice > d ? 1 : 0, sign > 0n, towardsZero % 2n === 0n)
    ? towardsZero + sign
    : towardsZero;
};

/** Whether the remainder moves the result one away from zero; `half` is −1 below, 0 at, 1 above the half. */
const movesAway = (rounding: Rounding, half: -1 | 0 | 1, positive: boolean, even: boolean): boolean => {
  switch (rounding) {
    case 'up':
      return true;
    case 'down':
      return false;
    case 'ceil':
      return positive;
    case 'floor':
      return !positive;
    case 'half_up':
      return half >= 0;
    case 'half_down':
      return half > 0;
    case 'half_even':
      return half > 0 || (half === 0 && !even);
    case 'half_odd':
      return half > 0 || (half === 0 && even);
    case 'half_positive':
      return half > 0 || (half === 0 && positive);
    case 'half_negative':
      return half > 0 || (half === 0 && !positive);
    default:
      return unreachable(rounding);
  }
};
