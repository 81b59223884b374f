/**
 * Graduated: each tier prices only the units that fall inside it, as an income tax does, and its flat is owed once it
 * is entered.
 */
import { type Decimal, least, subtract } from '../../money/decimal.ts';
import { type Charge, pricingModel } from '../pricing-model.ts';
import { termsOf } from '../terms.ts';
import { type TieredTerms, chargesIn, isEntered, tieredShape, tiersOf } from '../tiers.ts';

const charges = (terms: TieredTerms, quantity: Decimal): readonly Charge[] =>
  tiersOf(terms)
    .filter((tier) => isEntered(tier, quantity, terms))
    .flatMap((tier) => chargesIn(tier, subtract(tier.upTo ? least(quantity, tier.upTo) : quantity, tier.from)));

const tiers = [
  { upTo: '10', unitPrice: '1.00', flat: '5' },
  { upTo: '100', unitPrice: '0.50', flat: '2' },
  { unitPrice: '0.10' },
];

export const graduated = pricingModel({
  terms: termsOf('graduated', tieredShape),
  charges,
  examples: [
    {
      that: 'prices each unit in its own tier',
      terms: { model: 'graduated', tiers: [{ upTo: '100', unitPrice: '0.20' }, { unitPrice: '0.30' }] },
      owes: { '0': '0', '100': '20', '101': '20.3', '210.5': '53.15' },
    },
    {
      that: 'adds the flat of each tier entered, the first even at zero',
      terms: { model: 'graduated', tiers },
      // 10.5: 10 × 1.00 + 5 + 0.5 × 0.50 + 2. At 10 the second tier is not entered: a bound belongs to the tier below.
      owes: { '0': '5', '10': '15', '10.5': '17.25', '11': '17.5', '100.5': '62.05', '101': '62.1' },
    },
    {
      that: 'owes nothing at zero where the terms say so',
      terms: { model: 'graduated', tiers, flatAtZero: false },
      owes: { '0': '0', '0.5': '5.5' },
    },
    {
      that: 'caps what a tier comes to',
      terms: {
        model: 'graduated',
        tiers: [{ upTo: '10', unitPrice: '1', flat: '2', flatCap: '5' }, { unitPrice: '1' }],
      },
      owes: { '3': '5', '10': '5', '12': '7' },
    },
    {
      that: 'starts its tiers after a free allowance',
      terms: { model: 'graduated', allowance: '50', tiers: [{ upTo: '100', unitPrice: '0.1' }, { unitPrice: '0.05' }] },
      owes: { '50': '0', '150': '10', '170': '11' },
    },
  ],
});
