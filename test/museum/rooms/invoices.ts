/** Duplicate, missing or changed invoices. */
import type { Exhibit } from '../exhibit.ts';

const numbering = 'domain/invoicing/decide-numbers.test.ts';
const night = 'functions/open-billing-run/decide-night.test.ts';
const commits = 'test/runtime/commit.test.ts';

export const invoices: readonly Exhibit[] = [
  {
    ...{ row: 19, starred: true, patch: '19-months-cut-in-utc' },
    where: 'getlago/lago-api#879',
    putBack: 'Months are cut at the midnights of UTC, whatever the customer’s zone.',
    breaks: ['I4', 'I9', 'I11'],
    caughtBy: [
      {
        by: 'test',
        file: 'domain/time/period.test.ts',
        name: 'a month is cut at the midnights of the customer’s zone',
      },
      { by: 'test', file: 'test/stories/two-time-zones.story.test.ts', name: 'The same instant is January' },
    ],
  },
  {
    ...{ row: 20, starred: true, patch: '20-read-then-insert' },
    where: 'frappe/central#170',
    putBack: 'A create is an unconditional put after a read that found nothing.',
    breaks: ['I9', 'I27', 'I33'],
    caughtBy: [{ by: 'test', file: commits, name: 'made again is not given twice' }],
  },
  {
    ...{ row: 22, patch: '22-a-run-beside-the-one-still-open' },
    where: 'getlago/lago-api#1086, #1868, #1988, #2681',
    putBack: 'The schedule opens a run while the last one is still at work.',
    breaks: ['I9', 'I10', 'I38'],
    caughtBy: [{ by: 'simulation', scenario: 'everything', seeds: [1, 60] }],
  },
  {
    ...{ row: 25, patch: '25-two-schedulers-one-night' },
    where: 'invoiceninja/invoiceninja#9997, #12013',
    putBack: 'A night already done is billed again when its schedule fires again.',
    breaks: ['I8', 'I9'],
    caughtBy: [{ by: 'test', file: night, name: 'tonight is done' }],
  },
  {
    ...{ row: 26, patch: '26-billed-at-the-newest-price' },
    where: 'killbill/killbill#1395',
    putBack: 'A period is billed by the newest version of its plan, not by the one subscribed to.',
    breaks: ['I18'],
    caughtBy: [
      { by: 'test', file: 'test/stories/new-price.story.test.ts', name: 'A new price is for who subscribes after it' },
    ],
  },
  {
    ...{ row: 28, patch: '28-last-writer-wins' },
    where: 'odoo/odoo#90465',
    putBack: 'A change does not ask for the version it was decided on.',
    breaks: ['I22', 'I24', 'I25', 'I27', 'I37'],
    caughtBy: [{ by: 'test', file: commits, name: 'changes only what is still as it was read' }],
  },
  {
    ...{ row: 29, patch: '29-a-clock-in-the-key' },
    where: 'flexprice/flexprice#1186, #1400',
    putBack: 'The idempotency key carries the minute it was made in.',
    breaks: ['I24', 'I40'],
    caughtBy: [
      {
        ...{ by: 'test', file: 'functions/collect-payment/key-of-an-attempt.test.ts', is: 'crash point' },
        name: 'comes back minutes later: asks under the same key',
      },
      {
        ...{ by: 'test', file: 'functions/open-checkout/open-checkout.test.ts', is: 'crash point' },
        name: 'pressed again minutes later, leads to the same page',
      },
    ],
  },
  {
    ...{ row: 31, patch: '31-a-night-not-fired-is-skipped' },
    where: 'opencollective/opencollective#7477',
    putBack: 'A schedule that did not fire leaves its night out for good.',
    breaks: ['I10'],
    caughtBy: [
      { by: 'test', file: night, name: 'missed nights: the oldest with work first' },
      { by: 'test', file: 'test/stories/missed-night.story.test.ts', name: 'Nights that were missed are caught up' },
    ],
  },
  {
    ...{ row: 32, starred: true, patch: '32-finalized-twice' },
    where: 'getlago/lago-api#5523',
    putBack: 'Numbering does not ask whether a draft has its number already.',
    breaks: ['I16', 'I17', 'I21', 'I22'],
    caughtBy: [
      { by: 'test', file: numbering, name: 'never numbers what is final' },
      { by: 'simulation', scenario: 'numbers', seeds: [1, 12] },
    ],
  },
  {
    ...{ row: 34, patch: '34-the-next-number-counted' },
    where: 'django-getpaid/django-plans#118',
    putBack: 'The next number is a count of the final invoices an index shows.',
    breaks: ['I17'],
    caughtBy: [{ by: 'simulation', scenario: 'numbers', seeds: [1, 12] }],
  },
  {
    ...{ row: 35, patch: '35-several-with-one-number' },
    where: 'itflow-org/itflow#94',
    putBack: 'Invoices numbered together all get the first number.',
    breaks: ['I17'],
    caughtBy: [{ by: 'test', file: numbering, name: 'takes the next numbers in the order given' }],
  },
  {
    ...{ row: 37, patch: '37-preview-of-one-line' },
    where: 'killbill/killbill#2249',
    putBack: 'The preview prices usage and leaves out what is fixed.',
    breaks: ['I19'],
    caughtBy: [{ by: 'test', file: 'test/api/billing.test.ts', name: 'before the night usage so far is none' }],
  },
  {
    ...{ row: 41, patch: '41-no-card-no-bill' },
    where: 'estuary/flow#2387',
    putBack: 'A customer without a payment method is passed over as having nothing to bill.',
    breaks: ['I10'],
    caughtBy: [{ by: 'simulation', scenario: 'checkout', seeds: [1, 12] }],
  },
];
