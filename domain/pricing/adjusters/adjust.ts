/** Applies the adjusters of a price: to the use before it is priced, and to the lines after. */
import { assert } from '../../assert.ts';
import { type Decimal, decimal, zero } from '../../money/decimal.ts';
import type { PartPlace, UsageSoFar } from '../charges-for-part.ts';
import { type PricedLine, type RoundAmount, lineOf } from '../priced-line.ts';
import type { Charge } from '../pricing-model.ts';
import type { Adjusters } from './adjusters.ts';
import { convertUnits } from './convert-units.ts';
import { takeFreeUnits } from './free-units.ts';
import { applyMaximum } from './maximum.ts';
import { applyMinimum } from './minimum.ts';
import { applyPercentDiscount } from './percent-discount.ts';
import { roundQuantity } from './round-quantity.ts';
import { applyWindowCommitment } from './window-commitment.ts';

export interface RatingContext {
  /** `only` unless the period is billed in parts. */
  readonly place?: PartPlace;
  /** What earlier parts of the period billed, before or after discounts as `limits` says. */
  readonly billedBefore?: Decimal;
  /** Rounds each line, discount and limit; exact unless given. */
  readonly round?: RoundAmount;
}

const exactly: RoundAmount = (exact) => exact;

/** Conversion, rounding and free units. */
export const adjustUsage = (usage: UsageSoFar, adjusters: Adjusters): UsageSoFar => {
  const { unitConversion, quantityRounding, freeUnits } = adjusters;
  let adjusted = usage;
  if (unitConversion) adjusted = convertUnits(adjusted, unitConversion);
  if (quantityRounding) adjusted = roundQuantity(adjusted, quantityRounding);
  if (freeUnits !== undefined) adjusted = takeFreeUnits(adjusted, freeUnits);
  return adjusted;
};

/** The charges of each window (a period is one, unless priced by buckets) as lines: rounded, limited and discounted. */
export const adjustLines = (
  windows: readonly (readonly Charge[])[],
  adjusters: Adjusters,
  context: RatingContext,
): readonly PricedLine[] => {
  const { round = exactly, place = 'only' } = context;
  const { windowCommitment, percentDiscount, maximum, minimum, limits } = adjusters;
  assert(windowCommitment === undefined || place === 'only', 'a window with a commitment is billed whole');
  const billedBefore = round(context.billedBefore ?? zero);

  const committed = windows.flatMap((charges) => {
    const lines = charges.map((charge) => lineOf(charge, round));
    return windowCommitment === undefined ? lines : applyWindowCommitment(lines, windowCommitment, round);
  });
  const discount = (lines: readonly PricedLine[]) =>
    percentDiscount === undefined ? lines : applyPercentDiscount(lines, decimal(percentDiscount), round);
  const limit = (lines: readonly PricedLine[]) => {
    const below = maximum === undefined ? lines : applyMaximum(lines, round(decimal(maximum)), billedBefore);
    return minimum === undefined ? below : applyMinimum(below, round(decimal(minimum)), billedBefore, place);
  };
  return limits === 'after_discount' ? limit(discount(committed)) : discount(limit(committed));
};
