/**
 * The words a price is written in. Decimals stay the text they were sent as ("0.20"), so a price is plain JSON: what
 * the API took is what is stored, shown and rated years later.
 */
import * as z from 'zod';
import { decimal, isZero } from '../money/decimal.ts';

const otherwise = ({ input }: { readonly input?: unknown }): string | undefined =>
  input === undefined ? undefined : 'Send a decimal as text, such as "0.03".';

const notPlain = ({ input }: { readonly input?: unknown }): string =>
  /^[+-]?[\d.]+e[+-]?\d+$/i.test(String(input))
    ? 'A plain decimal such as "0.0000025", without exponent.'
    : 'A plain decimal of zero or more, such as "0.20", with up to 40 digits before the point and 30 after it.';

/** Zero or more: an amount or a rate. At most 40 digits before the point and 30 after it. */
export const decimalTerm = z
  .string({ error: otherwise })
  // Aborts, because a check that comes after (of tiers, of limits) computes with the text.
  .regex(/^\d{1,40}(\.\d{1,30})?$/, { error: notPlain, abort: true });

/** More than zero: a size, a bound, a factor. */
export const positiveTerm = decimalTerm.refine((text) => !isZero(decimal(text)), {
  error: 'A decimal of more than zero.',
  abort: true,
});

/**
 * What negative usage means (a correction larger than the use): `clamp` prices it as none, `credit` gives back what
 * the same use would have cost, `reject` refuses to rate until a person has looked.
 */
const negativeTerm = z.enum(['clamp', 'credit', 'reject']);

/** Terms of a model: its name, its own words, and what negative usage means (`clamp` unless said). */
export const termsOf = <const Name extends string, Shape extends z.ZodRawShape>(model: Name, shape: Shape) =>
  z.strictObject({ model: z.literal(model), ...shape, negative: negativeTerm.optional() });
