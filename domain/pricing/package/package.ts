/**
 * Package: units are sold by the started package, so 101 in packages of 100 are two; or, where `round` is `down`, by
 * the full one. Free units come first. The packages are counted once, on the whole quantity of the priced line.
 */
import { decimal, divide, greatest, subtract, zero } from '../../money/decimal.ts';
import { pricingModel, usageCharge, withoutNone } from '../pricing-model.ts';
import * as z from 'zod';
import { decimalTerm, positiveTerm, termsOf } from '../terms.ts';

const terms = termsOf('package', {
  packageSize: positiveTerm,
  packagePrice: decimalTerm,
  freeUnits: decimalTerm.optional(),
  round: z.enum(['up', 'down']).optional(),
});

export const packages = pricingModel({
  terms,
  charges: ({ packageSize, packagePrice, freeUnits = '0', round = 'up' }, quantity) => {
    const payable = greatest(subtract(quantity, decimal(freeUnits)), zero);
    const count = divide(payable, decimal(packageSize), 0, round);
    return withoutNone([usageCharge(`packages of ${packageSize}`, count, decimal(packagePrice))]);
  },
  examples: [
    {
      that: 'charges a started package whole',
      terms: { model: 'package', packageSize: '1000', packagePrice: '5', freeUnits: '100' },
      owes: { '0': '0', '100': '0', '100.0001': '5', '1100': '5', '1100.0001': '10' },
    },
    {
      that: 'charges full packages only, where rounded down',
      terms: { model: 'package', packageSize: '100', packagePrice: '1', round: 'down' },
      owes: { '99.9': '0', '100': '1', '250': '2' },
    },
  ],
});
