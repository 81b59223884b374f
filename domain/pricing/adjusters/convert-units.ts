/**
 * Unit conversion: usage is metered in one unit and priced in another (bytes, priced by the gigabyte). It comes first,
 * so everything after it, tiers too, speaks of the unit on the price. A division that never ends (by 3) has to say how
 * it is rounded.
 */
import * as z from 'zod';
import { present } from '../../assert.ts';
import {
  type Decimal,
  add,
  decimal,
  divide,
  exactQuotient,
  multiply,
  one,
  rescale,
  subtract,
} from '../../money/decimal.ts';
import { roundings } from '../../money/rounding.ts';
import type { UsageSoFar } from '../charges-for-part.ts';
import { positiveTerm } from '../terms.ts';

export const unitConversionTerms = z
  .strictObject({
    operation: z.enum(['multiply', 'divide']),
    factor: positiveTerm,
    rounding: z.enum(roundings).optional(),
    /** Places the rounding keeps; 0 unless said. */
    places: z.int().min(0).max(30).optional(),
    /**
     * In a period billed in parts: converts the use so far (`so_far`, unless said), so that parts add up to the whole;
     * or each part's own use (`each_part`), as some systems do, which rounds once a part.
     */
    of: z.enum(['so_far', 'each_part']).optional(),
  })
  .refine(({ operation, factor, rounding }) => operation === 'multiply' || rounding !== undefined || ends(factor), {
    error: 'a division that never ends needs a rounding',
  });

export type UnitConversion = z.infer<typeof unitConversionTerms>;

export const convertUnits = (usage: UsageSoFar, conversion: UnitConversion): UsageSoFar => {
  const { now, before } = usage;
  if (before === undefined) return { now: converted(now, conversion) };
  const earlier = converted(before, conversion);
  return conversion.of === 'each_part'
    ? { before: earlier, now: add(earlier, converted(subtract(now, before), conversion)) }
    : { before: earlier, now: converted(now, conversion) };
};

const converted = (quantity: Decimal, { operation, factor, rounding, places = 0 }: UnitConversion): Decimal => {
  const by = decimal(factor);
  if (rounding === undefined) {
    return operation === 'multiply'
      ? multiply(quantity, by)
      : present(exactQuotient(quantity, by), 'a division without a rounding ends');
  }
  return operation === 'multiply'
    ? rescale(multiply(quantity, by), places, rounding)
    : divide(quantity, by, places, rounding);
};

const ends = (factor: string): boolean => exactQuotient(one, decimal(factor)) !== undefined;
