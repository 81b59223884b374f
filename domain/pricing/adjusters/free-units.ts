/** Free units: the first units of a period cost nothing and do not count towards a tier, whichever part used them. */
import { type Decimal, decimal, greatest, isNegative, subtract, zero } from '../../money/decimal.ts';
import type { UsageSoFar } from '../charges-for-part.ts';

export const takeFreeUnits = ({ now, before }: UsageSoFar, freeUnits: string): UsageSoFar => ({
  now: payable(now, decimal(freeUnits)),
  ...(before && { before: payable(before, decimal(freeUnits)) }),
});

/** Negative use, a correction, is not freed: it goes to the price as it is. */
const payable = (quantity: Decimal, free: Decimal): Decimal =>
  isNegative(quantity) ? quantity : greatest(subtract(quantity, free), zero);
