/**
 * Graduated percentage: a share of a value (payments processed, say), each band of the value at its own percentage. It
 * is the graduated price whose rates are hundredths.
 */
import * as z from 'zod';
import { decimal, decimalText } from '../../money/decimal.ts';
import { graduated } from '../graduated/graduated.ts';
import { pricingModel } from '../pricing-model.ts';
import { decimalTerm, positiveTerm, termsOf } from '../terms.ts';
import { tieredShape, tiersTerm } from '../tiers.ts';

const bandTerms = z.strictObject({
  /** Inclusive; absent on the last band. */
  upTo: positiveTerm.optional(),
  percent: decimalTerm,
  flat: decimalTerm.optional(),
});

const hundredth = (percent: string): string => {
  const { digits, scale } = decimal(percent);
  return decimalText({ digits, scale: scale + 2 });
};

export const graduatedPercentage = pricingModel({
  terms: termsOf('graduated_percentage', { tiers: tiersTerm(bandTerms), flatAtZero: tieredShape.flatAtZero }),
  charges: ({ tiers, flatAtZero }, value) => {
    const rates = tiers.map(({ percent, ...band }) => ({ ...band, unitPrice: hundredth(percent) }));
    return graduated.charges({ model: 'graduated', tiers: rates, flatAtZero }, value);
  },
  examples: [
    {
      that: 'charges each band its share and, once entered, its flat',
      terms: {
        model: 'graduated_percentage',
        tiers: [
          { upTo: '1000', percent: '1', flat: '200' },
          { upTo: '10000', percent: '2', flat: '300' },
          { percent: '3', flat: '400' },
        ],
      },
      // 11 000: 10 + 200, 180 + 300, 30 + 400.
      owes: { '0': '200', '500': '205', '1000': '210', '11000': '1120' },
    },
  ],
});
