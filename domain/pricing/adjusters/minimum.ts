/**
 * Minimum: the least a price comes to in a period. What is missing is a line of its own, the true-up, on the last
 * bill of the period and on no other: before that, more use may still come.
 */
import { type Decimal, add, isPositive, subtract } from '../../money/decimal.ts';
import type { PartPlace } from '../charges-for-part.ts';
import { type PricedLine, minimumLine, netTotal } from '../priced-line.ts';

export const applyMinimum = (
  lines: readonly PricedLine[],
  minimum: Decimal,
  billedBefore: Decimal,
  place: PartPlace,
): readonly PricedLine[] => {
  if (place !== 'only' && place !== 'last') return lines;
  const missing = subtract(minimum, add(billedBefore, netTotal(lines)));
  return isPositive(missing) ? [...lines, minimumLine(missing)] : lines;
};
