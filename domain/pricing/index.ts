/**
 * Every pricing model we know. A price names one and states its terms; `priceTerms` is the one schema that the API,
 * the console's form and the catalog check a price against.
 */
import * as z from 'zod';
import { assert } from '../assert.ts';
import { type Decimal, decimalText, isNegative, negate, zero } from '../money/decimal.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { dynamic } from './dynamic/dynamic.ts';
import { fixed } from './fixed/fixed.ts';
import { graduated } from './graduated/graduated.ts';
import { graduatedPercentage } from './graduated-percentage/graduated-percentage.ts';
import { packages } from './package/package.ts';
import { perUnit } from './per-unit/per-unit.ts';
import { type Charge, type PricingModel, reversed } from './pricing-model.ts';
import { volume } from './volume/volume.ts';

export const pricingModels = {
  fixed,
  per_unit: perUnit,
  graduated,
  volume,
  package: packages,
  graduated_percentage: graduatedPercentage,
  dynamic,
} as const;

export type PricingModelName = keyof typeof pricingModels;

type Terms = (typeof pricingModels)[PricingModelName]['terms'];

export const priceTerms = z.discriminatedUnion(
  'model',
  Object.values(pricingModels).map(({ terms }) => terms) as unknown as readonly [Terms, ...Terms[]],
);

/** A model's name with that model's terms, and never another's. Plain JSON. */
export type Price = z.infer<typeof priceTerms>;

/** The type of Price ties the name to its terms; TypeScript cannot follow that through the lookup. */
export const modelOf = (price: Price): PricingModel => pricingModels[price.model];

/** Why this price does not rate this quantity, if so: it rejects negative usage. */
export const refuseQuantity = (price: Price, quantity: Decimal): Refusal<'negative_usage'> | undefined =>
  price.negative === 'reject' && isNegative(quantity)
    ? refuse(
        'negative_usage',
        `The usage comes to ${decimalText(quantity)}, and this price does not take negative usage.`,
      )
    : undefined;

/**
 * What the quantity costs, exact and in parts. Negative usage costs what no usage does (`clamp`, the default) or is the
 * mirror image of the same use (`credit`); where it is to be rejected, ask `refuseQuantity` first.
 */
export const chargesFor = (price: Price, quantity: Decimal): readonly Charge[] => {
  assert(refuseQuantity(price, quantity) === undefined, 'a quantity that a price rejects is not rated');
  const { charges } = modelOf(price);
  if (!isNegative(quantity)) return charges(price, quantity);
  return price.negative === 'credit' ? charges(price, negate(quantity)).map(reversed) : charges(price, zero);
};
