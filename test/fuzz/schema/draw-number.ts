/** A whole number that a schema takes: a bound of it as often as anything between. No route takes another kind of number. */
import type * as z from 'zod';
import { below, type Chance } from '#test/simulation/engine/chance.ts';

export interface NumberBounds {
  readonly least: number;
  readonly most: number;
}

/** Both included. */
export const numberBounds = ({ _zod: { def } }: z.core.$ZodNumber): NumberBounds => {
  const { format } = def as { readonly format?: string };
  if (format !== 'safeint') throw new Error(`the fuzz knows no numbers of the format "${format ?? 'any'}"`);
  let [least, most] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  for (const { _zod } of def.checks ?? []) {
    const check = _zod.def as z.core.$ZodCheckDef & { readonly value?: number; readonly inclusive?: boolean };
    if (check.inclusive !== true || check.value === undefined)
      throw new Error(`the fuzz does not know the check "${check.check}" of a number`);
    if (check.check === 'greater_than') least = Math.max(least, check.value);
    else most = Math.min(most, check.value);
  }
  return { least, most };
};

export const drawNumber = (schema: z.core.$ZodNumber, random: Chance): number => {
  const { least, most } = numberBounds(schema);
  const kind = below(random, 4);
  if (kind === 0) return least;
  if (kind === 1) return most;
  return Math.max(least, 0) + below(random, Math.min(most - Math.max(least, 0) + 1, 1_000));
};
