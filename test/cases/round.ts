/** Cases of rounding one number. */
import * as z from 'zod';
import { decimal, decimalText, rescale } from '#domain/money/decimal.ts';
import { roundings } from '#domain/money/rounding.ts';
import type { Family } from './case.ts';

/** The case's word for a rounding (`half-up`) is ours with a hyphen. */
export const roundingOf = z.string().transform((mode) => z.enum(roundings).parse(mode.replaceAll('-', '_')));

const inputSchema = z.strictObject({ value: z.string(), mode: roundingOf, scale: z.int() });

export const round: Family = (input) => {
  const { value, mode, scale } = inputSchema.parse(input);
  return { value: decimalText(rescale(decimal(value), scale, mode)) };
};
