/**
 * Cases of pricing one quantity: the case's price becomes one of ours with its adjusters, its part of a period one of
 * ours, and `rate` does the rest.
 */
import { type Decimal, add, decimal, decimalText, isZero, rescale, sum } from '#domain/money/decimal.ts';
import type { RatingContext } from '#domain/pricing/adjusters/adjust.ts';
import { type Adjusters, adjusterTerms } from '#domain/pricing/adjusters/adjusters.ts';
import { applyCredits } from '#domain/pricing/adjusters/credits.ts';
import { type Price, priceTerms, refuseQuantity } from '#domain/pricing/index.ts';
import type { UsageSoFar } from '#domain/pricing/charges-for-part.ts';
import { type PricedLine, payableTotal } from '#domain/pricing/priced-line.ts';
import { type Rated, rate, rateBuckets } from '#domain/pricing/rate.ts';
import { isRefusal } from '#domain/refusal.ts';
import { type Family, refused } from './case.ts';
import { type PriceCase, priceCase } from './price-case.ts';
import { lineAnswer } from './line-answer.ts';
import { adjustersOf, termsOf } from './price-terms.ts';

export const price: Family = (input) => {
  const given = priceCase.parse(input);
  const terms = priceTerms.safeParse(termsOf(given));
  if (!terms.success) return refused(terms.error.message);
  const adjusters = adjusterTerms.safeParse(adjustersOf(given));
  if (!adjusters.success) return refused(adjusters.error.message);
  const usage = usageOf(given);
  const refusal = refuseQuantity(terms.data, usage.now);
  if (refusal) return refused(refusal.because);

  const { lines, billedQuantity } = ratedBy(given, terms.data, adjusters.data, usage);
  const credited = applyCredits(lines, given.ignoreCredits ? [] : given.credits.map(decimal));
  if (isRefusal(credited)) return refused(credited.because);
  const total = payableTotal(credited);
  return {
    total: decimalText(given.rounding.at === 'total' ? rounder(given)(total) : total),
    lines: credited.map((line) => lineAnswer(line, given.price)),
    tiers: tierAnswers(credited),
    matchedTier: credited.find(({ tier }) => tier !== undefined)?.tier,
    billedQuantity: decimalText(billedQuantity),
  };
};

const ratedBy = (given: PriceCase, terms: Price, adjusters: Adjusters, usage: UsageSoFar): Rated => {
  const context: RatingContext = {
    place: given.position,
    billedBefore: decimal(given.prior?.billed ?? '0'),
    ...(given.rounding.at === 'line' && { round: rounder(given) }),
  };
  if (given.quantityBuckets === undefined) return rate(terms, adjusters, usage, context);
  const buckets = given.quantityBuckets.map(decimal);
  return { lines: rateBuckets(terms, adjusters, buckets, context), billedQuantity: sum(buckets) };
};

/** A prior of nothing, billed at nothing, means that no part came before this one. */
const usageOf = ({ quantity = '0', prior }: PriceCase): UsageSoFar => {
  const before = decimal(prior?.quantity ?? '0');
  const now = add(before, decimal(quantity));
  return isZero(before) && isZero(decimal(prior?.billed ?? '0')) ? { now } : { now, before };
};

const rounder =
  ({ rounding: { scale = 2, mode = 'half_up' } }: PriceCase) =>
  (exact: Decimal): Decimal =>
    rescale(exact, scale, mode);

const tierAnswers = (lines: readonly PricedLine[]) =>
  [...new Set(lines.flatMap(({ tier }) => tier ?? []))].map((tier) => {
    const of = (kind: PricedLine['kind'], value: (line: PricedLine) => Decimal): string =>
      decimalText(sum(lines.filter((line) => line.tier === tier && line.kind === kind).map(value)));
    return {
      tier,
      quantity: of('usage', ({ quantity }) => quantity),
      usage: of('usage', ({ amount }) => amount),
      flat: of('flat', ({ amount }) => amount),
    };
  });
