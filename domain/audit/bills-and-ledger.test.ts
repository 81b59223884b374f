/** The audit of invoices, numbers and ledger: one thing spoiled at a time, and the invariant it breaks. */
import { expect, it } from 'vitest';
import { customerNamed, invoiceOf, subscriptionOf } from '#test/world/sound-cast.ts';
import { soundSnapshot } from '#test/world/sound-snapshot.ts';
import { body, both, each, final, inBooks, rehashed, type SpoilCase, without } from '#test/world/spoil.ts';
import type { LedgerEntry } from '../ledger/ledger-page.ts';
import { money } from '../money/money.ts';
import { day } from '../time/day.ts';
import { audit } from './audit.ts';

const sound = soundSnapshot();
const adas = invoiceOf('ada', 0);
const bobs = invoiceOf('bob', 0);
const bob = customerNamed('bob');
const euros = (amount: string) => money(amount, 'EUR');
const entries = (change: (entry: LedgerEntry) => readonly LedgerEntry[]) =>
  inBooks(({ ledgerPages }) => ({
    ledgerPages: ledgerPages.map((page) => ({ ...page, entries: page.entries.flatMap(change) })),
  }));

const spoils: readonly SpoilCase[] = [
  [
    'I7',
    'a line has another name',
    body(bobs, ({ lines }) => ({ lines: lines.map((line) => ({ ...line, name: 'Fee' })) })),
  ],
  ['I7', 'the input hash is another file’s', body(bobs, () => ({ inputHash: '0'.repeat(64) }))],
  ['I7', 'a plan version was edited', each('planVersions', { plan: 'basic' }, () => ({ name: 'Basic, better' }))],
  ['I7', 'a plan version no longer charges anything', each('planVersions', { plan: 'basic' }, () => ({ prices: [] }))],
  ['I7', 'a plan version is gone', without('planVersions', ({ plan }) => plan === 'basic')],
  [
    'I7',
    'a period with something to bill was closed with nothing',
    each('closedPeriods', { subscription: subscriptionOf('bob'), n: 0 }, () => ({ invoice: null })),
  ],
  [
    'I8',
    'an invoice is posted twice',
    inBooks(({ ledgerPages }) => ({
      ledgerPages: ledgerPages.flatMap((page, i) => (i === 0 ? [page, { ...page, tx: 'again' }] : [page])),
    })),
  ],
  [
    'I8',
    'a transaction has two pages',
    inBooks(({ ledgerPages }) => ({
      ledgerPages: ledgerPages.flatMap((page, i) => (i === 0 ? [page, { ...page, entries: [] }] : [page])),
    })),
  ],
  [
    'I9',
    'a period has two invoices',
    inBooks(({ invoices }) => ({
      invoices: invoices.flatMap((one) => (one.id === bobs ? [one, { ...one, id: `${bobs}9` }] : [one])),
    })),
  ],
  ['I9', 'a closed period has lost its invoice', without('invoices', ({ id }) => id === bobs)],
  [
    'I9',
    'an invoice is of a period that is not closed by it',
    each('closedPeriods', { invoice: bobs }, () => ({ invoice: adas })),
  ],
  [
    'I12',
    'the lines come to less',
    body(bobs, ({ lines }) => ({ lines: lines.map((line) => ({ ...line, amount: euros('19.99') })) })),
  ],
  ['I12', 'the total is not the subtotal', body(bobs, () => ({ total: euros('20.01') }))],
  [
    'I12',
    'the head has another total than the body',
    each('invoices', { id: bobs }, (head) => rehashed({ ...head, total: euros('21.00') })),
  ],
  [
    'I12',
    'a rounding difference is hidden',
    body(adas, ({ lines }) => ({ lines: lines.map((line) => ({ ...line, roundingDifference: '0' })) })),
  ],
  [
    'I12',
    'an amount is not quantity times price',
    body(adas, ({ lines }) => ({ lines: lines.map((line) => ({ ...line, quantity: '99' })) })),
  ],
  ['I12', 'an amount is in another currency', body(bobs, () => ({ subtotal: money('20.00', 'USD') }))],
  [
    'I16',
    'a stored part was edited',
    (s) => ({ ...s, parts: new Map([...s.parts].map(([hash, text]) => [hash, text.replace('Monthly', 'Weekly ')])) }),
  ],
  ['I16', 'a final invoice was edited', each('invoices', { id: bobs }, () => ({ total: euros('19.00') }))],
  ['I16', 'the due day was moved', each('invoices', { id: bobs }, final({ dueOn: day('2026-02-16') }))],
  [
    'I16',
    'a paid invoice is still to be charged',
    each('invoices', { id: adas }, () => ({ nextAttemptOn: day('2026-02-05') })),
  ],
  ['I16', 'a body is another invoice’s', body(bobs, () => ({ invoice: adas }))],
  ['I17', 'a number is skipped', each('invoices', { id: bobs }, final({ serial: 7 }))],
  ['I17', 'a number is given twice', each('invoices', { id: bobs }, final({ number: 'CH-2026-000001' }))],
  [
    'I17',
    'the series gave one more',
    inBooks(({ series }) => ({ series: series.map((one) => ({ ...one, next: one.next + 1 })) })),
  ],
  [
    'I17',
    'the numbers are not in the order of issue',
    each('invoices', { id: adas }, final({ issuedOn: day('2026-02-02') })),
  ],
  [
    'I17',
    'the series was last issued on another day',
    inBooks(({ series }) => ({ series: series.map((one) => ({ ...one, lastIssuedOn: day('2026-03-02') })) })),
  ],
  [
    'I17',
    'a number does not follow from its place',
    each('invoices', { id: bobs }, final({ number: 'CH-2026-00002' })),
  ],
  ['I17', 'a number is of another year', each('invoices', { id: adas }, final({ issuedOn: day('2025-12-31') }))],
  ['I17', 'a series is gone', inBooks({ series: [] })],
  [
    'I21',
    'a page does not balance',
    entries((entry) => (entry.account === 'revenue' && entry.invoice === bobs ? [] : [entry])),
  ],
  ['I21', 'a page moves nothing', entries((entry) => [{ ...entry, amount: euros('0.00') }])],
  [
    'I22',
    'revenue was posted to another invoice',
    entries((entry) => [entry.account === 'revenue' ? { ...entry, invoice: bobs } : entry]),
  ],
  [
    'I22',
    'an entry is of no invoice',
    entries((entry) => [entry.invoice === bobs ? { ...entry, invoice: 'inv_none' } : entry]),
  ],
  ['I22', 'an open item is gone', each('accounts', { customer: bob }, () => ({ openItems: [] }))],
  [
    'I22',
    'an open item is over another amount',
    each('accounts', { customer: bob }, ({ openItems }) => ({
      openItems: openItems.map((item) => ({ ...item, open: euros('1.00') })),
    })),
  ],
  ['I22', 'a payment was never posted', without('ledgerPages', ({ cause }) => cause === 'payment_succeeded')],
  ['I37', 'a draft never got its number', each('invoices', { id: bobs }, () => ({ status: { state: 'draft' } }))],
];

it.each(spoils)('%s: %s', (invariant, _, spoil) => {
  expect(audit(spoil(sound)).map((violation) => violation.invariant)).toContain(invariant);
});

it('names only the hash where only the hash tells', () => {
  const everyFigureFits = both(body(bobs, () => ({ inputHash: 'f'.repeat(64) })));
  expect(audit(everyFigureFits(sound))).toEqual([
    { invariant: 'I7', keys: [bobs], what: `Invoice ${bobs} was made from another file than is stored.` },
  ]);
});
