/**
 * Everything that may stand beside a price, in the order it is applied. Quantities first, because a tier is chosen by
 * what is priced; then the price; then the line's floor and ceiling; then what is given away.
 *
 *   use → unit conversion → quantity rounding → free units → charges, each rounded
 *       → window commitment → maximum → minimum → percentage discount → (credits and tax: the invoice's own)
 *
 * `limits: 'after_discount'` moves the percentage discount before maximum and minimum, as some systems have it.
 * On no bill yet: held to the worked cases.
 */
import * as z from 'zod';
import { compare, decimal } from '../../money/decimal.ts';
import { decimalTerm, positiveTerm } from '../terms.ts';
import { unitConversionTerms } from './convert-units.ts';
import { quantityRoundingTerms } from './round-quantity.ts';
import { windowCommitmentTerms } from './window-commitment.ts';

const hundred = decimal('100');

export const adjusterTerms = z
  .strictObject({
    unitConversion: unitConversionTerms.optional(),
    quantityRounding: quantityRoundingTerms.optional(),
    freeUnits: positiveTerm.optional(),
    windowCommitment: windowCommitmentTerms.optional(),
    minimum: positiveTerm.optional(),
    maximum: decimalTerm.optional(),
    percentDiscount: decimalTerm.refine((text) => compare(decimal(text), hundred) <= 0, 'at most 100').optional(),
    /** Whether minimum and maximum look at the list price (`before_discount`, unless said) or at what is left of it. */
    limits: z.enum(['before_discount', 'after_discount']).optional(),
  })
  .refine(
    ({ minimum, maximum }) =>
      minimum === undefined || maximum === undefined || compare(decimal(minimum), decimal(maximum)) <= 0,
    { error: 'a minimum is not above its maximum', path: ['minimum'] },
  );

/** What stands beside a price: every one optional, plain JSON. */
export type Adjusters = z.infer<typeof adjusterTerms>;
