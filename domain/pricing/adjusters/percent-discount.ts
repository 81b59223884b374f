/** Percentage discount: off what each line still comes to, rounded line by line. Off a credit it takes its share back. */
import { type Decimal, multiply } from '../../money/decimal.ts';
import { type PricedLine, type RoundAmount, discounted, netOf } from '../priced-line.ts';

export const applyPercentDiscount = (
  lines: readonly PricedLine[],
  percent: Decimal,
  round: RoundAmount,
): readonly PricedLine[] =>
  lines.map((line) =>
    discounted(line, round(multiply(netOf(line), { digits: percent.digits, scale: percent.scale + 2 }))),
  );
