/** Settlement and webhooks. */
import type { Exhibit } from '../exhibit.ts';

const decides = 'domain/payments/decide-settlement.test.ts';
const settles = 'functions/settle-payment/settle-payment.test.ts';
const receives = 'functions/receive-stripe-webhook/receive-stripe-webhook.test.ts';

export const settlement: readonly Exhibit[] = [
  {
    ...{ row: 91, starred: true, patch: '91-amount-from-the-form' },
    where: 'own-pay/OwnPay#330',
    putBack: 'Whoever pays by the link says how much.',
    breaks: ['I28'],
    caughtBy: [
      {
        ...{ by: 'test', file: 'functions/open-checkout/open-checkout.test.ts' },
        name: 'leads to a page of the provider over the invoice’s own amount',
      },
    ],
  },
  {
    ...{ row: 91, starred: true, patch: '91-pay-one-cent-owe-nothing' },
    where: 'own-pay/OwnPay#330',
    putBack: 'A payment settles its invoice whatever its amount.',
    breaks: ['I28'],
    caughtBy: [{ by: 'test', file: decides, name: 'what disagrees is never paid' }],
  },
  {
    ...{ row: 94, patch: '94-settled-twice' },
    where: 'getlago/lago-api#3618',
    putBack: 'News of a payment that has succeeded already settles it again.',
    breaks: ['I21', 'I31'],
    caughtBy: [{ by: 'test', file: settles, name: 'end the same in all 720 orders' }],
  },
  {
    ...{ row: 100, patch: '100-overpayment-hidden' },
    where: 'getlago/lago-api#5536',
    putBack: 'Money for an invoice that is not owed any more is let pass in silence.',
    breaks: ['I25', 'I28'],
    caughtBy: [{ by: 'test', file: decides, name: 'money for an invoice that is void' }],
  },
  {
    ...{ row: 101, patch: '101-a-field-renamed' },
    where: 'profullstack/coinpayportal#205',
    putBack: 'The amount received is read under a name the provider no longer uses, and taken for 0.',
    breaks: ['I25'],
    caughtBy: [{ by: 'test', file: 'test/contracts/payments.contract.test.ts', name: 'a payment' }],
  },
  {
    ...{ row: 103, patch: '103-settled-by-whatever-is-open' },
    where: 'drastik/com.drastikbydesign.stripe#120',
    putBack: 'News is applied to whatever attempt of the invoice is open, not to the one it names.',
    breaks: ['I31'],
    caughtBy: [{ by: 'test', file: settles, name: 'end the same in all 720 orders' }],
  },
  {
    ...{ row: 104, patch: '104-signature-over-a-body-written-anew' },
    where: 'stripe/stripe-node#1768, #356, #341',
    putBack: 'The signature is checked over the body parsed and written anew.',
    breaks: ['I31'],
    caughtBy: [{ by: 'test', file: receives, name: 'a webhook of Stripe’s' }],
  },
  {
    ...{ row: 106, patch: '106-callback-hit-twice' },
    where: 'Paymenter/Paymenter#640, omise/omise-magento#150, paghiper/whmcs#54',
    putBack: 'A webhook that comes again is recorded under another id and handled again.',
    breaks: ['I24', 'I31'],
    caughtBy: [{ by: 'test', file: receives, name: 'is answered 200 when it comes again, and changes nothing' }],
  },
];
