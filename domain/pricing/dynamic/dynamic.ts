/**
 * Dynamic: the amount comes with the usage (a carrier's own charge, a marketplace's price), and the quantity is their
 * sum. A multiplier adds a margin. The bill shows one amount, for there is no rate to show.
 */
import { decimal, isZero, multiply, one } from '../../money/decimal.ts';
import { pricingModel, usageCharge } from '../pricing-model.ts';
import { decimalTerm, termsOf } from '../terms.ts';

export const dynamic = pricingModel({
  terms: termsOf('dynamic', { multiplier: decimalTerm.optional() }),
  charges: ({ multiplier = '1' }, amounts) =>
    isZero(amounts) ? [] : [usageCharge('amounts of the events', one, multiply(amounts, decimal(multiplier)))],
  examples: [
    { that: 'charges what the events say', terms: { model: 'dynamic' }, owes: { '0': '0', '12.34': '12.34' } },
    {
      that: 'adds a margin by its multiplier',
      terms: { model: 'dynamic', multiplier: '1.33333' },
      owes: { '10': '13.3333' },
    },
  ],
});
