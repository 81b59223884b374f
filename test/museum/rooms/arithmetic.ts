/** Arithmetic and currencies. */
import type { Exhibit } from '../exhibit.ts';

const amounts = 'functions/adapters/stripe/stripe-amount.laws.test.ts';
const moneyLaws = 'domain/money/money.laws.test.ts';

export const arithmetic: readonly Exhibit[] = [
  {
    ...{ row: 76, starred: true, patch: '76-three-places-taken-for-two' },
    where: 'woocommerce/woocommerce-gateway-stripe#2720',
    putBack: 'Dinars are sent to the provider in hundredths, a tenth of what is owed.',
    breaks: ['I15'],
    caughtBy: [{ by: 'test', file: amounts, name: 'amounts as Stripe writes them 5.120 KWD is 5120', is: 'example' }],
  },
  {
    ...{ row: 77, patch: '77-two-wrongs-that-cancel' },
    where: 'calcom/cal.diy#30038',
    putBack: 'Yen are written with two places, and read back with two, so nothing shows on our side.',
    breaks: ['I15', 'I25'],
    caughtBy: [{ by: 'test', file: amounts, name: 'amounts as Stripe writes them 500 JPY is 500', is: 'example' }],
  },
  {
    ...{ row: 79, patch: '79-money-through-a-float' },
    where: 'stripe/react-stripe-js#408, verbb/formie#2903',
    putBack: 'A decimal becomes money by way of a float, cut off.',
    breaks: ['I12', 'I15'],
    caughtBy: [
      { by: 'test', file: 'domain/money/money.test.ts', name: 'roundToMoney' },
      { by: 'lint', file: 'domain/money/money.ts', rule: 'no-restricted-syntax' },
    ],
  },
  {
    ...{ row: 80, patch: '80-rounded-up-once-more' },
    where: 'sagemathinc/cocalc#7220',
    putBack: 'Rounding up adds one where there is nothing to round.',
    breaks: ['I12'],
    caughtBy: [{ by: 'test', file: moneyLaws, name: 'decimals agree with big.js divide and rescale, up' }],
  },
  {
    ...{ row: 82, patch: '82-lines-and-total-disagree' },
    where: 'odoo/odoo#37896, #155833, invoiceninja/invoiceninja#4370',
    putBack: 'Lines are rounded one by one, the total over their exact sum.',
    breaks: ['I12'],
    caughtBy: [
      { by: 'test', file: 'domain/invoicing/decide-bill.test.ts', name: 'comes to the sum of its rounded lines' },
    ],
  },
  {
    ...{ row: 83, patch: '83-a-bill-below-nothing' },
    where: 'AyeCode/invoicing#75',
    putBack: 'What is taken off may be more than what it is taken from.',
    breaks: ['I14'],
    caughtBy: [
      {
        by: 'test',
        file: 'test/stories/credit-larger-than-bill.story.test.ts',
        name: 'A bill below nothing is not made',
      },
    ],
  },
  {
    ...{ row: 86, patch: '86-a-bound-in-the-tier-above' },
    where: 'getlago/lago-front#3489, FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec#2564',
    putBack: 'A quantity at a tier’s bound is priced in the tier above.',
    breaks: ['I13'],
    caughtBy: [
      { by: 'test', file: 'domain/pricing/pricing.laws.test.ts', name: 'price b − 1, b and b + 1 of every bound' },
    ],
  },
  {
    ...{ row: 88, patch: '88-below-the-minimum' },
    where: 'getlago/lago-api#1571, MuckRock/squarelet#524, polarsource/polar#7078',
    putBack: 'Amounts below the provider’s minimum are charged, and declined for ever.',
    breaks: ['I26', 'I37'],
    caughtBy: [{ by: 'test', file: 'domain/payments/decide-charge.test.ts', name: 'the provider’s minimum' }],
  },
  {
    ...{ row: 89, patch: '89-another-currency-is-as-good' },
    where: 'Dolibarr/dolibarr#30673',
    putBack: 'A payment settles by its figure, whatever its currency.',
    breaks: ['I15', 'I28'],
    caughtBy: [{ by: 'test', file: 'domain/payments/decide-settlement.test.ts', name: 'what disagrees is never paid' }],
  },
];
