/** Charged twice, or charged when nothing was owed. */
import type { Exhibit } from '../exhibit.ts';

const collects = 'functions/collect-payment/collect-payment.test.ts';
const payPage = 'functions/open-checkout/open-checkout.test.ts';
const payments = 'test/contracts/payments.contract.test.ts';

export const chargedTwice: readonly Exhibit[] = [
  {
    ...{ row: 1, starred: true, patch: '01-renewal-charged-twice' },
    where: 'woocommerce/woocommerce-gateway-stripe#2474',
    putBack: 'Whoever hears of an invoice charges it and does not ask whether it is paid.',
    breaks: ['I24', 'I26'],
    caughtBy: [
      { by: 'test', file: collects, name: 'is charged once, and paid, accounted and told in one transaction' },
    ],
  },
  {
    ...{ row: 2, starred: true, patch: '02-slow-charge-taken-for-failed' },
    where: 'akash-network/console#3449',
    putBack: 'A confirmation without an answer counts as failed, and the card is tried anew under the next number.',
    breaks: ['I24', 'I25', 'I27'],
    caughtBy: [{ by: 'test', file: collects, name: 'an outcome nobody knows stays unknown' }],
  },
  {
    ...{ row: 4, starred: true, patch: '04-claim-that-expires' },
    where: 'aws-powertools/powertools-lambda-python#8049',
    putBack: 'A claim a quarter of an hour old counts as given up, and a new one is made and charged.',
    breaks: ['I24', 'I27'],
    caughtBy: [
      { by: 'test', file: collects, name: 'after its claim, and comes back 25 hours later', is: 'crash point' },
    ],
  },
  {
    ...{ row: 5, starred: true, patch: '05-retries-go-on-after-void' },
    where: 'polarsource/polar#6542',
    putBack: 'A payment created before its invoice was voided is confirmed all the same.',
    breaks: ['I26'],
    caughtBy: [{ by: 'test', file: collects, name: 'is not charged where the invoice was voided between' }],
  },
  {
    ...{ row: 7, patch: '07-faster-twin-taken-for-decline' },
    where: 'woocommerce/woocommerce-gateway-stripe#489',
    putBack: 'Each delivery confirms under a key of its own, and “already succeeded” is taken for a decline.',
    breaks: ['I24', 'I25'],
    caughtBy: [
      { by: 'test', file: 'functions/collect-payment/ask.test.ts', name: 'because another delivery was faster' },
    ],
  },
  {
    ...{ row: 8, patch: '08-key-left-to-the-library' },
    where: 'stripe/stripe-php#637',
    putBack: 'Our key is not sent; the library retries under keys it makes up.',
    breaks: ['I24'],
    caughtBy: [{ by: 'test', file: payments, name: 'a payment is one under one key' }],
  },
  {
    ...{ row: 10, patch: '10-page-key-made-anew' },
    where: 'mozilla/fxa#13755',
    putBack: 'The key of a payment page is made up each time the page is asked for.',
    breaks: ['I24'],
    caughtBy: [{ by: 'test', file: payPage, name: 'cut off before the page is recorded leads to the same page' }],
  },
  {
    ...{ row: 11, patch: '11-paid-by-hand-beside-a-retry' },
    where: 'restrictcontentpro/restrict-content-pro#1393',
    putBack: 'A payment page is opened while the saved card is being charged.',
    breaks: ['I24', 'I26'],
    caughtBy: [{ by: 'test', file: payPage, name: 'while a card is being charged says so and opens nothing' }],
  },
  {
    ...{ row: 14, patch: '14-act-before-the-claim' },
    where: 'dimagi/commcare-hq#33509',
    putBack: 'The outside is called first and the claim committed after it.',
    breaks: ['I25', 'I27'],
    caughtBy: [{ by: 'test', file: 'test/runtime/commit.test.ts', name: 'acts only after its claim is committed' }],
  },
  {
    ...{ row: 16, patch: '16-one-poison-fails-the-batch' },
    where: 'LeanerCloud/CUDly#1574',
    putBack: 'One message that fails sends its whole batch back, done or not.',
    breaks: ['I38'],
    caughtBy: [{ by: 'test', file: 'test/runtime/lane-handler.test.ts', name: 'returns only what failed' }],
  },
  {
    ...{ row: 17, patch: '17-stale-page-pays-a-void-invoice' },
    where: 'canonical/ubuntu.com#9363',
    putBack: 'The payment link asks only whether the invoice is paid, not whether it is void.',
    breaks: ['I26'],
    caughtBy: [{ by: 'test', file: payPage, name: 'of a void invoice, from a page that is old, charges nothing' }],
  },
];
