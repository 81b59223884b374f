/** A case's price in our own words: the terms of one of our models, and the adjusters that stand beside it. */
import type { Adjusters } from '#domain/pricing/adjusters/adjusters.ts';
import type { Price } from '#domain/pricing/index.ts';
import type { CasePrice, PriceCase } from './price-case.ts';

/** Unchecked: a case may state what our schema refuses. */
export const termsOf = ({ price, allowNegative }: PriceCase): unknown => ({
  ...modelOf(price),
  ...(allowNegative && { negative: 'credit' }),
});

const modelOf = (price: CasePrice): Price => {
  switch (price.model) {
    case 'flat':
      return { model: 'fixed', amount: price.amount, due: price.term };
    case 'unit':
    case 'windowed_commitment':
      return { model: 'per_unit', unitPrice: price.unit };
    case 'graduated':
    case 'volume':
      return { model: price.model, tiers: price.tiers.map(tierOf), allowance: price.allowance };
    case 'package':
      return {
        model: 'package',
        packageSize: price.packageSize,
        packagePrice: price.packagePrice,
        freeUnits: price.freeUnits,
      };
    case 'dynamic':
      return { model: 'dynamic', multiplier: price.multiplier };
    case 'graduated_percentage':
      return {
        model: 'graduated_percentage',
        tiers: price.tiers.map(({ upTo, rate, flat }) => ({
          upTo: upTo ?? undefined,
          percent: rate,
          flat: flat ?? undefined,
        })),
      };
  }
};

type CaseTier = Extract<CasePrice, { model: 'volume' }>['tiers'][number];

const tierOf = ({ upTo, unit, flat, cap }: CaseTier) => ({
  upTo: upTo ?? undefined,
  unitPrice: unit ?? undefined,
  flat: flat ?? undefined,
  flatCap: cap ?? undefined,
});

/** Unchecked, as above. */
export const adjustersOf = (given: PriceCase): Adjusters => {
  const { price, discounts, unitConversion, quantityRounding } = given;
  return {
    unitConversion: unitConversion && {
      operation: unitConversion.op,
      factor: unitConversion.factor,
      rounding: unitConversion.round,
      // The systems that split a period convert each part's use on its own.
      of: 'each_part',
    },
    quantityRounding: quantityRounding && {
      multiple: quantityRounding.multiple,
      // Their ceiling is of the magnitude: −15 in tens is −20.
      rounding: quantityRounding.mode === 'ceil' ? 'up' : quantityRounding.mode,
    },
    freeUnits: discounts?.usage,
    percentDiscount: discounts?.percent,
    windowCommitment:
      price.model === 'windowed_commitment'
        ? { amount: price.commitment, overageFactor: price.overageFactor, trueUp: price.trueUp }
        : undefined,
    minimum: given.ignoreMinimum ? undefined : price.minimum,
    maximum: price.maximum,
    limits: 'after_discount',
  };
};
