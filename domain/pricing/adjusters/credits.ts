/**
 * Credits already drawn for these lines: fixed amounts, each used up on the lines in order before the next begins.
 * More credit than there is to pay is refused, for the rest would be lost.
 */
import { type Decimal, add, greatest, isPositive, least, subtract, sum, zero } from '../../money/decimal.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { type PricedLine, payableOf } from '../priced-line.ts';

export const applyCredits = (
  lines: readonly PricedLine[],
  credits: readonly Decimal[],
): readonly PricedLine[] | Refusal<'credits_exceed_lines'> => {
  let left = sum(credits);
  const paid = lines.map((line) => {
    const used = least(left, greatest(payableOf(line), zero));
    left = subtract(left, used);
    return { ...line, credits: add(line.credits, used) };
  });
  return isPositive(left) ? refuse('credits_exceed_lines', 'The credits drawn are more than the lines come to.') : paid;
};
