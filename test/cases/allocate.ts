/** Cases of splitting an amount by ratios. */
import * as z from 'zod';
import { present } from '#domain/assert.ts';
import { type AllocationPolicy, allocateUnits, refuseWeights } from '#domain/money/allocate.ts';
import { decimal, decimalText, digitsAt, exactQuotient, integer, multiply } from '#domain/money/decimal.ts';
import { type Family, refused } from './case.ts';

const policies = {
  'largest-remainder': 'largest_remainder_floor',
  'leftover-by-ratio': 'largest_weight',
  'sequential-from-last': 'from_last',
  'sequential-from-last-rounded': 'from_last_rounded',
} as const satisfies Record<string, AllocationPolicy>;

const inputSchema = z.strictObject({
  amount: z.string(),
  ratios: z.array(z.string()),
  policy: z.enum(Object.keys(policies) as (keyof typeof policies)[]),
  unit: z.string(),
});

export const allocate: Family = (input) => {
  const { amount, ratios, policy, unit } = inputSchema.parse(input);
  const weights = ratios.map(decimal);
  const refusal = refuseWeights(weights, policies[policy]);
  if (refusal) return refused(refusal.because);
  const units = present(exactQuotient(decimal(amount), decimal(unit)), 'an amount is whole units');
  const parts = allocateUnits(digitsAt(units, units.scale) / 10n ** BigInt(units.scale), weights, policies[policy]);
  return { parts: parts.map((part) => decimalText(multiply(integer(part), decimal(unit)))) };
};
