/**
 * Quantity rounding: use is priced by the whole billing unit (tokens by the started thousand), on the total of the
 * period and never by event. Tier bounds stay in single units.
 */
import * as z from 'zod';
import { decimal, roundToMultiple } from '../../money/decimal.ts';
import { roundings } from '../../money/rounding.ts';
import type { UsageSoFar } from '../charges-for-part.ts';
import { positiveTerm } from '../terms.ts';

export const quantityRoundingTerms = z.strictObject({ multiple: positiveTerm, rounding: z.enum(roundings) });

export type QuantityRounding = z.infer<typeof quantityRoundingTerms>;

export const roundQuantity = ({ now, before }: UsageSoFar, { multiple, rounding }: QuantityRounding): UsageSoFar => ({
  now: roundToMultiple(now, decimal(multiple), rounding),
  ...(before && { before: roundToMultiple(before, decimal(multiple), rounding) }),
});
