/** Fixed: one amount a period, used or not; due when the period starts, or in arrears when it ends. */
import * as z from 'zod';
import { decimal } from '../../money/decimal.ts';
import { flatCharge, pricingModel } from '../pricing-model.ts';
import { decimalTerm, termsOf } from '../terms.ts';

export const fixed = pricingModel({
  terms: termsOf('fixed', { amount: decimalTerm, due: z.enum(['in_advance', 'in_arrears']).optional() }),
  charges: ({ amount }) => [flatCharge('', decimal(amount))],
  billedIn: ({ due = 'in_advance' }) => (due === 'in_advance' ? 'first_part' : 'last_part'),
  examples: [
    {
      that: 'costs the same used or not',
      terms: { model: 'fixed', amount: '13.95' },
      owes: { '0': '13.95', '500': '13.95' },
    },
  ],
});
