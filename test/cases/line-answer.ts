/** Lines as cases write them. */
import { decimalText } from '#domain/money/decimal.ts';
import { type PricedLine, payableOf } from '#domain/pricing/priced-line.ts';
import type { CasePrice } from './price-case.ts';

export const lineAnswer = (line: PricedLine, { model }: CasePrice) => ({
  kind: line.kind,
  tier: line.tier,
  // Where the amount comes with the events, a case calls the rounded amount of the one unit its price.
  unit: decimalText(model === 'dynamic' ? magnitudeOf(line) : line.unitPrice),
  quantity: decimalText(line.quantity),
  amount: decimalText(line.amount),
  discount: decimalText(line.discount),
  credits: decimalText(line.credits),
  total: decimalText(payableOf(line)),
});

const magnitudeOf = ({ amount }: PricedLine) => (amount.digits < 0n ? { ...amount, digits: -amount.digits } : amount);
