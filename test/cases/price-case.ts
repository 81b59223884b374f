/** The input of a price case as its README states it, read strictly: a field nobody maps is an error, not a silence. */
import * as z from 'zod';
import { roundingOf } from './round.ts';

const text = z.string();

const tier = z.strictObject({
  upTo: text.nullable(),
  unit: text.nullable().optional(),
  flat: text.nullable().optional(),
  cap: text.nullable().optional(),
});

const limits = { minimum: text.optional(), maximum: text.optional() };
const tiered = { tiers: z.array(tier), tierBoundary: z.literal('inclusive').optional(), allowance: text.optional() };

const casePrice = z.discriminatedUnion('model', [
  z.strictObject({ model: z.literal('flat'), amount: text, term: z.enum(['in_advance', 'in_arrears']), ...limits }),
  z.strictObject({ model: z.literal('unit'), unit: text, ...limits }),
  z.strictObject({ model: z.literal('graduated'), ...tiered, ...limits }),
  z.strictObject({ model: z.literal('volume'), ...tiered, ...limits }),
  z.strictObject({
    model: z.literal('package'),
    packageSize: text,
    packagePrice: text,
    freeUnits: text.optional(),
    ...limits,
  }),
  z.strictObject({
    model: z.literal('windowed_commitment'),
    unit: text,
    commitment: text,
    overageFactor: text,
    trueUp: z.boolean(),
    ...limits,
  }),
  z.strictObject({ model: z.literal('dynamic'), multiplier: text, ...limits }),
  z.strictObject({
    model: z.literal('graduated_percentage'),
    tiers: z.array(z.strictObject({ upTo: text.nullable(), rate: text, flat: text.nullable().optional() })),
    tierBoundary: z.literal('inclusive').optional(),
    ...limits,
  }),
]);

export const priceCase = z.strictObject({
  currency: text,
  rounding: z.strictObject({
    at: z.enum(['line', 'total', 'none']),
    mode: roundingOf.optional(),
    scale: z.int().optional(),
  }),
  price: casePrice,
  quantity: text.optional(),
  quantityBuckets: z.array(text).optional(),
  prior: z.strictObject({ quantity: text.optional(), billed: text.optional() }).optional(),
  position: z.enum(['only', 'first', 'middle', 'last']).default('only'),
  discounts: z.strictObject({ percent: text.optional(), usage: text.optional() }).optional(),
  credits: z.array(text).default([]),
  unitConversion: z
    .strictObject({ op: z.enum(['multiply', 'divide']), factor: text, round: roundingOf.optional() })
    .optional(),
  quantityRounding: z.strictObject({ multiple: text, mode: roundingOf }).optional(),
  allowNegative: z.boolean().default(false),
  ignoreMinimum: z.boolean().default(false),
  ignoreCredits: z.boolean().default(false),
});

export type PriceCase = z.infer<typeof priceCase>;
export type CasePrice = PriceCase['price'];
