/** Per unit: every unit costs the same, and a part of a unit its part. */
import { decimal } from '../../money/decimal.ts';
import { pricingModel, usageCharge, withoutNone } from '../pricing-model.ts';
import { decimalTerm, termsOf } from '../terms.ts';

export const perUnit = pricingModel({
  terms: termsOf('per_unit', { unitPrice: decimalTerm }),
  charges: ({ unitPrice }, quantity) => withoutNone([usageCharge('', quantity, decimal(unitPrice))]),
  examples: [
    {
      that: 'charges each unit',
      terms: { model: 'per_unit', unitPrice: '0.25' },
      owes: { '0': '0', '1': '0.25', '1000': '250' },
    },
    {
      that: 'keeps prices below a cent exact',
      terms: { model: 'per_unit', unitPrice: '0.000015' },
      owes: { '1000001': '15.000015' },
    },
    { that: 'charges parts of a unit', terms: { model: 'per_unit', unitPrice: '0.30' }, owes: { '0.001': '0.0003' } },
  ],
});
