/**
 * Volume: the tier that the whole quantity reaches prices every unit of it, plus that tier's flat. A stairstep price is
 * a volume price whose tiers have a flat and no unit price.
 */
import { present } from '../../assert.ts';
import { type Decimal, compare } from '../../money/decimal.ts';
import { type Charge, pricingModel } from '../pricing-model.ts';
import { termsOf } from '../terms.ts';
import { type TieredTerms, chargesIn, isEntered, tieredShape, tiersOf } from '../tiers.ts';

const charges = (terms: TieredTerms, quantity: Decimal): readonly Charge[] => {
  const reached = tiersOf(terms).find(({ upTo }) => upTo === undefined || compare(quantity, upTo) <= 0);
  const tier = present(reached, 'the last tier has no upper bound');
  // The allowance is free only as long as it is not left: past it, every unit is priced, the allowance's too.
  return isEntered(tier, quantity, terms) ? chargesIn(tier, quantity) : [];
};

const tiers = [
  { upTo: '10', unitPrice: '1.00', flat: '5' },
  { upTo: '100', unitPrice: '0.50', flat: '2' },
  { unitPrice: '0.10' },
];

export const volume = pricingModel({
  terms: termsOf('volume', tieredShape),
  charges,
  mayFall: 'one unit past a tier reprices all the units before it',
  // What a part before the last would bill, the next part might have to give back.
  billedIn: () => 'last_part',
  examples: [
    {
      that: 'prices every unit at the tier reached',
      terms: { model: 'volume', tiers },
      // 10.4 × 0.50 + 2 = 7.20, and 101 × 0.10 = 10.10: one unit more has cost 41.90 less.
      owes: { '0': '5', '10': '15', '10.4': '7.2', '10.5': '7.25', '100': '52', '100.5': '10.05', '101': '10.1' },
    },
    {
      that: 'climbs a stairstep of flats',
      terms: {
        model: 'volume',
        flatAtZero: false,
        tiers: [{ upTo: '5', flat: '10' }, { upTo: '20', flat: '30' }, { flat: '50' }],
      },
      owes: { '0': '0', '0.5': '10', '5': '10', '6': '30', '20': '30', '1000': '50' },
    },
    {
      that: 'is free within its allowance and prices every unit past it',
      terms: { model: 'volume', allowance: '50', tiers: [{ upTo: '100', unitPrice: '0.1' }, { unitPrice: '0.05' }] },
      owes: { '50': '0', '120': '12', '150': '15', '200': '10' },
    },
  ],
});
