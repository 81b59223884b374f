/**
 * Rating: from the use of a period to the lines of its bill, through every adjuster in the order that
 * `adjusters/adjusters.ts` states. Exact unless the caller says how an amount of money is rounded; the unrounded amount
 * stays beside the rounded one.
 * On no bill yet: plans have no adjusters so far; held to the worked cases.
 */
import { assert } from '../assert.ts';
import { type Decimal, subtract, zero } from '../money/decimal.ts';
import { type RatingContext, adjustLines, adjustUsage } from './adjusters/adjust.ts';
import type { Adjusters } from './adjusters/adjusters.ts';
import { type Price, chargesFor } from './index.ts';
import { type UsageSoFar, chargesForPart } from './charges-for-part.ts';
import type { PricedLine } from './priced-line.ts';

export interface Rated {
  readonly lines: readonly PricedLine[];
  /** The quantity this part prices, after conversion, rounding and free units. */
  readonly billedQuantity: Decimal;
}

export const rate = (price: Price, adjusters: Adjusters, usage: UsageSoFar, context: RatingContext = {}): Rated => {
  const priced = adjustUsage(usage, adjusters);
  const charges = chargesForPart(price, priced, context.place ?? 'only');
  return {
    lines: adjustLines([charges], adjusters, context),
    billedQuantity: subtract(priced.now, priced.before ?? zero),
  };
};

/** Prices each bucket (an hour, a group) on its own and bills their sum; a commitment holds for each, minimum and maximum for the sum. */
export const rateBuckets = (
  price: Price,
  adjusters: Adjusters,
  buckets: readonly Decimal[],
  context: RatingContext = {},
): readonly PricedLine[] => {
  assert(adjusters.freeUnits === undefined, 'free units are not given bucket by bucket');
  const windows = buckets.map((now) => chargesFor(price, adjustUsage({ now }, adjusters).now));
  return adjustLines(windows, adjusters, context);
};
