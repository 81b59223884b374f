/**
 * Window commitment: in each window (an hour, a day; or the whole period) a customer has committed to an amount. Use
 * beyond it costs its price times an overage factor; use below it is trued up to it, unless the terms say not to.
 */
import * as z from 'zod';
import { type Decimal, compare, decimal, isPositive, isZero, negate, one, subtract } from '../../money/decimal.ts';
import { type PricedLine, type RoundAmount, lineOf, minimumLine, netTotal } from '../priced-line.ts';
import { usageCharge } from '../pricing-model.ts';
import { decimalTerm, positiveTerm } from '../terms.ts';

export const windowCommitmentTerms = z.strictObject({
  amount: positiveTerm,
  /** What a unit of money of use beyond the commitment costs: 1.5 for half as much again; 1 unless said. */
  overageFactor: decimalTerm.refine((text) => compare(decimal(text), one) >= 0, 'at least 1').optional(),
  trueUp: z.boolean().optional(),
});

export type WindowCommitment = z.infer<typeof windowCommitmentTerms>;

/** The lines of one window with its overage or its true-up beside them, each a line of its own. */
export const applyWindowCommitment = (
  lines: readonly PricedLine[],
  { amount, overageFactor = '1', trueUp = true }: WindowCommitment,
  round: RoundAmount,
): readonly PricedLine[] => {
  const beyond: Decimal = subtract(netTotal(lines), round(decimal(amount)));
  if (isPositive(beyond)) {
    // The use itself is on its lines at its own price, so only the surcharge is added: 4 beyond at 1.5 adds 2.
    const surcharge = subtract(decimal(overageFactor), one);
    return isZero(surcharge) ? lines : [...lines, lineOf(usageCharge('overage', beyond, surcharge), round)];
  }
  return trueUp && !isZero(beyond) ? [...lines, minimumLine(negate(beyond))] : lines;
};
