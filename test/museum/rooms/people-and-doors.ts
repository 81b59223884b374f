/** Messages to people, and who may ask for what. */
import type { Exhibit } from '../exhibit.ts';

const sends = 'functions/send-bill/send-bill.test.ts';

export const peopleAndDoors: readonly Exhibit[] = [
  {
    ...{ row: 107, starred: true, patch: '107-to-everybody-so-far' },
    where: 'akaunting/akaunting#1646',
    putBack: 'The list of recipients is kept between mails, so each goes to everybody written to before.',
    breaks: ['I34'],
    caughtBy: [{ by: 'simulation', scenario: 'month-end', seeds: [1, 12] }],
  },
  {
    ...{ row: 109, patch: '109-a-reminder-of-a-paid-invoice' },
    where: 'akaunting/akaunting#259, ColoredCow/portal#1085',
    putBack: 'The claim on a mail does not ask whether the invoice is still as it was read.',
    breaks: ['I32'],
    caughtBy: [{ by: 'test', file: sends, name: 'for an invoice that is paid between the reading and the claim' }],
  },
  {
    ...{ row: 110, patch: '110-mailed-again-when-in-doubt' },
    where: 'FOSSBilling/FOSSBilling#3726, invoiceninja/invoiceninja#10863',
    putBack: 'A mail whose sending nobody knows of is sent again.',
    breaks: ['I33'],
    caughtBy: [{ by: 'test', file: sends, name: 'of a run that died after its claim is unknown', is: 'crash point' }],
  },
  {
    ...{ row: 112, patch: '112-letters-the-font-lacks-dropped' },
    where: 'polarsource/polar#10180, InvoiceShelf/InvoiceShelf#438, awesomemotive/easy-digital-downloads#4859',
    putBack: 'Letters the font lacks are left out without a word.',
    breaks: ['I45'],
    caughtBy: [
      {
        by: 'test',
        file: 'functions/adapters/documents/bill-pdf.test.ts',
        name: 'what the font lacks is shown as lacking',
      },
    ],
  },
  {
    ...{ row: 115, patch: '115-an-answer-of-another-key' },
    where: 'InvoiceShelf/InvoiceShelf#574, open-mercato/open-mercato#2695, Dev1822/paySphere#1917',
    putBack: 'An idempotency key is not scoped to its API key: one client is shown another’s answer.',
    breaks: ['I41'],
    caughtBy: [{ by: 'test', file: 'test/api/idempotency.test.ts', name: 'idempotency keys' }],
  },
  {
    ...{ row: 116, patch: '116-quotes-left-as-they-are' },
    where: 'antiwork/gumroad#2672, onyx-dot-app/onyx#11754, crater-invoice-inc/crater#1327',
    putBack: 'Quotes in a text are not escaped, so a text can end the attribute it stands in.',
    breaks: ['I45'],
    caughtBy: [{ by: 'test', file: 'functions/adapters/documents/markup.test.ts', name: 'escapes every text' }],
  },
];
