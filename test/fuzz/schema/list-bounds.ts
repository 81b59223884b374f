/** How many items a list may have, read off its checks; a refinement of the whole list cannot be. */
import type * as z from 'zod';

export const listBounds = ({ _zod: { def } }: z.core.$ZodArray): { readonly least: number; readonly most: number } => {
  let [least, most] = [0, Infinity];
  for (const { _zod } of def.checks ?? []) {
    const check = _zod.def as z.core.$ZodChecks['_zod']['def'] | { readonly check: 'custom' };
    switch (check.check) {
      case 'min_length':
        least = Math.max(least, check.minimum);
        break;
      case 'max_length':
        most = Math.min(most, check.maximum);
        break;
      case 'custom':
        break;
      default:
        throw new Error(`the fuzz does not know the check "${check.check}" of a list`);
    }
  }
  return { least, most };
};
