/**
 * Maximum: the most a price comes to in a period. Lines count against it in order, and what exceeds it is shown as
 * their discount, so the quantity used stays visible. What earlier parts of the period billed counts first.
 */
import { type Decimal, add, greatest, isPositive, least, subtract, zero } from '../../money/decimal.ts';
import { type PricedLine, discounted, netOf } from '../priced-line.ts';

export const applyMaximum = (
  lines: readonly PricedLine[],
  maximum: Decimal,
  billedBefore: Decimal,
): readonly PricedLine[] => {
  let billed = billedBefore;
  return lines.map((line) => {
    const net = netOf(line);
    const room = greatest(subtract(maximum, billed), zero);
    const excess = isPositive(net) ? subtract(net, least(net, room)) : zero;
    billed = add(billed, subtract(net, excess));
    return isPositive(excess) ? discounted(line, excess) : line;
  });
};
