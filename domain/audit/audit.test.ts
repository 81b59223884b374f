/**
 * The audit finds nothing in sound books, and finds each thing that can be wrong with
 * them: one field spoiled at a time, and the invariant it breaks among the answers.
 */
import { describe, expect, it } from 'vitest';
import { invoiceOf, soundSnapshot, subscriptionOf } from '#test/world/sound-snapshot.ts';
import type { RatedPeriods } from '../invoicing/billing-run.ts';
import type { Invoice, InvoiceBody } from '../invoicing/invoice.ts';
import type { PeriodOutcome } from '../invoicing/billing-run.ts';
import { money } from '../money/money.ts';
import { contentHash } from '../invoicing/decide-numbers.ts';
import { canonicalText } from '../canonical.ts';
import { sha256 } from '../sha256.ts';
import { day } from '../time/day.ts';
import { instant } from '../time/instant.ts';
import { audit } from './audit.ts';
import { usageBodyHash } from './distinct-bodies.ts';
import type { BooksSeen, Snapshot } from './snapshot.ts';
import { storedPart } from './stored-part.ts';
import { usageAccount } from './usage-account.ts';

const sound = soundSnapshot();
const adas = invoiceOf('ada', 0);
const bobs = invoiceOf('bob', 0);

it('finds nothing in sound books', () => {
  expect(audit(sound)).toEqual([]);
});

it('accounts for every event in exactly one place', () => {
  // rated u1 u2 u3; quarantined c1 twice, x1, b1, late; suspense s1; pending p1 lp1; before her subscription: before.
  expect(usageAccount(sound)).toEqual({
    accepted: 12,
    duplicates: 1,
    rated: 3,
    quarantined: 5,
    suspense: 1,
    pending: 2,
    unsubscribed: 1,
  });
});

type Spoil = (snapshot: Snapshot) => Snapshot;
type Lists = { [Name in keyof BooksSeen]: BooksSeen[Name] extends readonly object[] ? Name : never }[keyof BooksSeen];

const inBooks =
  (change: Partial<BooksSeen>): Spoil =>
  (snapshot) => ({ ...snapshot, books: { ...snapshot.books, ...change } });
/** Spoils the records of a kind that match. */
const each =
  <Name extends Lists>(
    name: Name,
    where: Partial<BooksSeen[Name][number]>,
    change: (value: BooksSeen[Name][number]) => object,
  ): Spoil =>
  (snapshot) => {
    const list = snapshot.books[name] as readonly BooksSeen[Name][number][];
    const isMeant = (value: BooksSeen[Name][number]) =>
      Object.entries(where).every(([key, wanted]) => value[key as keyof typeof value] === wanted);
    if (!list.some(isMeant)) throw new Error(`no ${name} to spoil`);
    return inBooks({
      [name]: list.map((value) => (isMeant(value) ? { ...value, ...change(value) } : value)),
    } as Partial<BooksSeen>)(snapshot);
  };
const without =
  <Name extends Lists>(name: Name, isGone: (value: BooksSeen[Name][number]) => boolean): Spoil =>
  (snapshot) => {
    const list = snapshot.books[name] as readonly BooksSeen[Name][number][];
    const kept = list.filter((value) => !isGone(value));
    if (kept.length === list.length) throw new Error(`no ${name} to remove`);
    return inBooks({ [name]: kept } as Partial<BooksSeen>)(snapshot);
  };

const staged = (snapshot: Snapshot, content: unknown): readonly [Snapshot, string] => {
  const text = canonicalText(content);
  return [{ ...snapshot, parts: new Map([...snapshot.parts, [sha256(text), text]]) }, sha256(text)];
};

const parted = <Content>(snapshot: Snapshot, hash: string | null | undefined): Content => {
  const content = storedPart<Content>(snapshot, hash ?? '');
  if (content === undefined) throw new Error('no such part');
  return content;
};

/** Another body under an invoice whose every hash is made to fit, so that hashes cannot tell. */
const body =
  (id: string, change: (content: InvoiceBody) => Partial<InvoiceBody>): Spoil =>
  (snapshot) => {
    const invoice = snapshot.books.invoices.find((one) => one.id === id)!;
    const content = parted<InvoiceBody>(snapshot, invoice.body);
    const [next, hash] = staged(snapshot, { ...content, ...change(content) });
    return each('invoices', { id }, (head) => rehashed({ ...head, body: hash }))(next);
  };
const rehashed = (invoice: Invoice): Invoice => {
  const { status } = invoice;
  return status.state === 'draft' || status.state === 'void'
    ? invoice
    : { ...invoice, status: { ...status, contentHash: contentHash(invoice, status) } };
};

type PartName = 'usage' | 'quarantined' | 'outcomes' | 'expected';
/** Another list beside a range of the first run, as if it had been written so. */
const list =
  <Content>(name: PartName, change: (content: Content) => unknown, run = 'run_2026-02-01'): Spoil =>
  (snapshot) => {
    const range = snapshot.books.ranges.find((one) => one.run === run)!;
    const { rated, billed } = range;
    const hashes = {
      usage: rated?.usage,
      quarantined: rated?.quarantined,
      outcomes: billed?.outcomes,
      expected: range.expected,
    };
    const [next, hash] = staged(snapshot, change(parted<Content>(snapshot, hashes[name])));
    const spoilt = {
      usage: { rated: { ...rated!, usage: hash } },
      quarantined: { rated: { ...rated!, quarantined: hash } },
      outcomes: { billed: { ...billed!, outcomes: hash } },
      expected: { expected: hash },
    }[name];
    return each('ranges', { run }, () => spoilt)(next);
  };

const event =
  (id: string, change: object): Spoil =>
  (snapshot) => ({
    ...snapshot,
    journal: snapshot.journal.map((one) => (one.id === id ? { ...one, ...change } : one)),
  });
const lost =
  (id: string): Spoil =>
  (snapshot) => ({ ...snapshot, journal: snapshot.journal.filter((one) => one.id !== id) });
const charge =
  (id: string, change: object): Spoil =>
  (snapshot) => ({
    ...snapshot,
    charges: snapshot.charges.map((one) => (one.id === id ? { ...one, ...change } : one)),
  });
const final =
  (change: object) =>
  ({ status }: Invoice) => ({ status: { ...status, ...change } });
const attempt = (n: number, change: object): Spoil => each('attempts', { n }, () => change);

const adasSubscription = { subscription: subscriptionOf('ada'), n: 0 };
const success = `ch_${adas}_2`;
const euros = (amount: string) => money(amount, 'EUR');
const u1 = sound.journal.find(({ id }) => id === 'u1')!;
type Entries = readonly { readonly reason: string; readonly events: readonly { readonly id: string }[] }[];

const spoils: readonly (readonly [invariant: string, what: string, spoil: Spoil])[] = [
  [
    'I1',
    'an acknowledged event is not in the log',
    (s) => lost('p1')({ ...s, acknowledged: [{ id: 'p1', source: 'meter', bodyHash: '' }] }),
  ],
  [
    'I1',
    'an acknowledged event was stored with another body',
    (s) => ({
      ...s,
      acknowledged: [{ id: 'u1', source: 'meter', bodyHash: usageBodyHash({ ...u1, data: { quantity: '11' } }) }],
    }),
  ],
  [
    'I1',
    'an event of no meter is not shown',
    list<Entries>('quarantined', (all) => all.filter(({ reason }) => reason !== 'unknown_meter')),
  ],
  [
    'I1',
    'an event without a quantity is not shown',
    list<Entries>('quarantined', (all) => all.filter(({ reason }) => reason !== 'bad_quantity')),
  ],
  ['I1', 'the books count an event too few', each('closedPeriods', adasSubscription, () => ({ ratedEvents: 1 }))],
  [
    'I2',
    'one body of a conflict is not shown',
    list<Entries>('quarantined', (all) =>
      all.map((one) => (one.reason === 'conflict' ? { ...one, events: one.events.slice(1) } : one)),
    ),
  ],
  [
    'I2',
    'a rated event came with another body in time',
    (s) => ({ ...s, journal: [...s.journal, { ...u1, data: { quantity: '11' } }] }),
  ],
  ['I3', 'an event of the log was not rated', (s) => ({ ...s, journal: [...s.journal, { ...u1, id: 'u9' }] })],
  ['I3', 'a rated event is not in the log', lost('u2')],
  ['I3', 'a quantity is off by one place', event('u2', { data: { quantity: '2.50000000001' } })],
  [
    'I3',
    'a meter read more',
    list<RatedPeriods>('usage', (usage) => ({
      [subscriptionOf('ada')]: {
        ...usage[subscriptionOf('ada')],
        meters: usage[subscriptionOf('ada')]!.meters.map((one) => ({ ...one, quantity: '12.6' })),
      },
    })),
  ],
  ['I3', 'an event was rated a millisecond past the end', event('u2', { time: instant('2026-02-01T00:00:00.000Z') })],
  ['I3', 'the point was somebody else’s', each('points', { subject: 'ada' }, () => ({ assignments: [] }))],
  ['I4', 'a late event was dropped', list<Entries>('quarantined', () => [], 'run_2026-03-01')],
  [
    'I4',
    'a period ends where its anchor does not say',
    each('closedPeriods', { n: 1, subscription: subscriptionOf('ada') }, () => ({
      until: instant('2026-03-02T00:00:00.000Z'),
    })),
  ],
  [
    'I4',
    'an event is billed in two periods',
    (s) =>
      each('points', { subject: 'ada' }, ({ assignments }) => ({
        assignments: [
          ...assignments,
          {
            from: instant('2026-01-01T00:00:00.000Z'),
            customer: s.books.points[2]!.assignments[0]!.customer,
            recordedAt: instant('2026-02-15T00:00:00.000Z'),
          },
        ],
      }))(
        each('closedPeriods', { subscription: subscriptionOf('cy'), n: 0 }, () => ({ run: 'run_2026-03-01' }))(
          list<readonly object[]>(
            'expected',
            (due) =>
              due.map((one) =>
                'subscription' in one && one.subscription === subscriptionOf('cy') ? { ...one, n: 0 } : one,
              ),
            'run_2026-03-01',
          )(s),
        ),
      ),
  ],
  ['I6', 'a part is gone', (s) => ({ ...s, parts: new Map([...s.parts].slice(1)) })],
  ['I6', 'a list is shorter than its count', list<readonly unknown[]>('expected', (due) => due.slice(1))],
  [
    'I6',
    'the events seen do not add up',
    each('ranges', { run: 'run_2026-02-01' }, ({ rated }) => ({
      rated: { ...rated!, counts: { ...rated!.counts, outside: 9 } },
    })),
  ],
  [
    'I7',
    'a line charges another price',
    body(bobs, ({ lines }) => ({ lines: lines.map((line) => ({ ...line, name: 'Fee' })) })),
  ],
  ['I7', 'the input hash is another file’s', body(bobs, () => ({ inputHash: '0'.repeat(64) }))],
  ['I7', 'a plan version was edited', each('planVersions', { plan: 'basic' }, () => ({ name: 'Basic, better' }))],
  [
    'I7',
    'a period with something to bill was closed with nothing',
    each('closedPeriods', { subscription: subscriptionOf('bob'), n: 0 }, () => ({ invoice: null })),
  ],
  [
    'I8',
    'an invoice is posted twice',
    (s) => inBooks({ ledgerPages: [...s.books.ledgerPages, { ...s.books.ledgerPages[0]!, tx: 'again' }] })(s),
  ],
  [
    'I9',
    'a period has two invoices',
    (s) => inBooks({ invoices: [...s.books.invoices, { ...s.books.invoices[0]!, id: `${adas}9` }] })(s),
  ],
  ['I9', 'a closed period has lost its invoice', without('invoices', ({ id }) => id === bobs)],
  ['I10', 'an expected period has no outcome', list<readonly unknown[]>('outcomes', (all) => all.slice(1))],
  [
    'I10',
    'a period is said to be billed and is not',
    list<readonly PeriodOutcome[]>('outcomes', (all) =>
      all.map((one) =>
        one.outcome === 'parked' ? { ...one, outcome: 'invoiced', invoice: 'inv_none', billingEntity: 'default' } : one,
      ),
    ),
  ],
  [
    'I10',
    'somebody due was left out',
    list<readonly { subscription: string }[]>(
      'expected',
      (due) => due.filter(({ subscription }) => subscription !== subscriptionOf('dora')),
      'run_2026-03-01',
    ),
  ],
  ['I10', 'a range of the run is gone', without('ranges', ({ run }) => run === 'run_2026-02-01')],
  [
    'I11',
    'a closed period is gone',
    without('closedPeriods', ({ subscription, n }) => subscription === subscriptionOf('bob') && n === 0),
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
  ['I17', 'a number is skipped', each('invoices', { id: bobs }, final({ serial: 7 }))],
  ['I17', 'a number is given twice', each('invoices', { id: bobs }, final({ serial: 1, number: 'CH-2026-000001' }))],
  ['I17', 'the series gave one more', (s) => inBooks({ series: [{ ...s.books.series[0]!, next: 9 }] })(s)],
  [
    'I17',
    'the numbers are not in the order of issue',
    each('invoices', { id: bobs }, final({ issuedOn: day('2026-01-31') })),
  ],
  [
    'I17',
    'a number does not follow from its place',
    each('invoices', { id: bobs }, final({ number: 'CH-2026-00002' })),
  ],
  [
    'I21',
    'a page does not balance',
    (s) =>
      inBooks({
        ledgerPages: s.books.ledgerPages.map((page, i) =>
          i === 0 ? { ...page, entries: page.entries.slice(1) } : page,
        ),
      })(s),
  ],
  [
    'I22',
    'revenue was posted to another invoice',
    (s) =>
      inBooks({
        ledgerPages: s.books.ledgerPages.map((page) => ({
          ...page,
          entries: page.entries.map((entry) => (entry.account === 'revenue' ? { ...entry, invoice: bobs } : entry)),
        })),
      })(s),
  ],
  [
    'I22',
    'an open item is gone',
    each('accounts', { customer: sound.books.accounts[1]!.customer }, () => ({ openItems: [] })),
  ],
  [
    'I22',
    'an open item is over another amount',
    each('accounts', { customer: sound.books.accounts[1]!.customer }, ({ openItems }) => ({
      openItems: openItems.map((item) => ({ ...item, open: euros('1.00') })),
    })),
  ],
  ['I22', 'a payment was never posted', without('ledgerPages', ({ cause }) => cause === 'payment_succeeded')],
  ['I24', 'a second charge succeeded', charge(`ch_${adas}_1`, { status: 'succeeded' })],
  ['I24', 'more was taken than the total', charge(success, { amount: euros('99.00') })],
  ['I25', 'the provider took money we do not know of', charge(success, { pays: null })],
  ['I25', 'the provider knows of no such success', charge(success, { status: 'failed' })],
  ['I25', 'the success was of another payment', attempt(2, { intent: 'pi_other' })],
  [
    'I26',
    'an attempt was claimed after the invoice was paid',
    attempt(2, { claimedAt: instant('2026-02-05T09:00:00.000Z') }),
  ],
  [
    'I26',
    'an attempt was claimed before the invoice was final',
    attempt(1, { claimedAt: instant('2026-01-31T09:00:00.000Z') }),
  ],
  ['I27', 'an attempt is open and the invoice does not know', attempt(1, { state: 'unknown' })],
  ['I27', 'an attempt is missing', without('attempts', ({ n }) => n === 1)],
  [
    'I27',
    'an attempt has two payments at the provider',
    (s) => ({ ...s, charges: [...s.charges, { ...s.charges[0]!, id: 'ch_more', intent: 'pi_more' }] }),
  ],
  ['I27', 'a failed attempt does not say why', attempt(1, { because: '' })],
  ['I28', 'an attempt is over another amount', attempt(1, { amount: euros('1.00') })],
  ['I28', 'the provider was asked for another amount', charge(`ch_${adas}_1`, { amount: euros('1.00') })],
  ['I29', 'an invoice is paid while the payment is pending', charge(success, { status: 'pending' })],
  ['I29', 'an invoice is owed though it was paid', each('invoices', { id: adas }, final({ state: 'final' }))],
  [
    'I32',
    'a letter was written after the invoice was paid',
    each('letters', { invoice: adas, step: 'declined-1' }, () => ({ claimedAt: instant('2026-02-09T09:00:00.000Z') })),
  ],
  ['I32', 'a draft was mailed', each('invoices', { id: bobs }, () => ({ status: { state: 'draft' } }))],
  ['I33', 'a bill arrived twice', (s) => ({ ...s, mails: [...s.mails, { ...s.mails[0]!, messageId: 'ses-again' }] })],
  ['I33', 'a letter that was sent never arrived', (s) => ({ ...s, mails: s.mails.slice(1) })],
  [
    'I34',
    'a bill went to somebody else',
    (s) => ({ ...s, mails: s.mails.map((mail, i) => (i === 0 ? { ...mail, to: ['eve@example.com'] } : mail)) }),
  ],
  [
    'I34',
    'a bill went to another as well',
    (s) => ({
      ...s,
      mails: s.mails.map((mail, i) => (i === 0 ? { ...mail, to: [...mail.to, 'eve@example.com'] } : mail)),
    }),
  ],
  [
    'I34',
    'a bill has the payment link of another',
    (s) => ({ ...s, mails: s.mails.map((mail, i) => (i === 0 ? { ...mail, invoice: bobs } : mail)) }),
  ],
  ['I34', 'a letter was addressed to another', each('letters', { invoice: bobs }, () => ({ to: 'eve@example.com' }))],
  ['I36', 'a message is left', (s) => ({ ...s, queues: [{ ...s.queues[0]!, messages: 1 }] })],
  ['I36', 'a message is dead', (s) => ({ ...s, queues: [{ ...s.queues[1]!, messages: 1 }] })],
  ['I36', 'an event was told and not sent', (s) => ({ ...s, outbox: [{ key: 'OUT#0', events: ['run.closed'] }] })],
  ['I37', 'a run never ended', each('runs', { id: 'run_2026-02-01' }, () => ({ closedAt: null }))],
  ['I37', 'a draft never got its number', each('invoices', { id: bobs }, () => ({ status: { state: 'draft' } }))],
  ['I37', 'an attempt never ended', attempt(1, { state: 'sent', because: undefined })],
  ['I37', 'a letter is still being written', each('letters', { invoice: bobs }, () => ({ state: 'claimed' }))],
  ['I37', 'a webhook was never handled', each('webhooks', { id: 'evt_1' }, () => ({ state: 'received' }))],
  [
    'I37',
    'a card was never saved',
    each('customers', {}, () => ({ payment: { state: 'given', paymentMethod: 'pm_2' } })),
  ],
  [
    'I38',
    'somebody was parked without a reason',
    list<readonly PeriodOutcome[]>('outcomes', (all) =>
      all.map((one) => ('because' in one ? { ...one, because: ' ' } : one)),
    ),
  ],
  ['I38', 'a webhook was quarantined without a reason', each('webhooks', { id: 'evt_2' }, () => ({ because: '' }))],
  [
    'I23',
    'an item is not where its index says',
    (s) => ({ ...s, flaws: [{ key: 'L#C#1 0', what: 'A customer is stored under another key.' }] }),
  ],
];

describe('one thing spoiled', () => {
  it.each(spoils)('%s: %s', (invariant, _, spoil) => {
    const found = audit(spoil(sound));
    if (process.env['SHOW']) console.log(found.map((v) => `@@ ${v.invariant} ${v.what}`).join('\n'));
    expect(found.map((violation) => violation.invariant)).toContain(invariant);
    expect(found.filter(({ what, keys }) => what === '' || keys.length === 0)).toEqual([]);
  });
});

describe('what is no violation', () => {
  const harmless: readonly (readonly [what: string, spoil: Spoil])[] = [
    [
      'an event acknowledged and stored',
      (s) => ({ ...s, acknowledged: [{ id: 'u1', source: 'meter', bodyHash: usageBodyHash(u1) }] }),
    ],
    [
      'the same event once more, years later',
      (s) => ({ ...s, journal: [...s.journal, { ...u1, arrivedAt: instant('2026-03-05T00:00:00.000Z') }] }),
    ],
    [
      'a meter made after the runs that would pick what they found to be of no meter',
      (s) =>
        inBooks({
          meters: [...s.books.meters, { key: 'mystery', eventType: 'mystery', aggregation: 'count', unit: 'x' }],
        })(s),
    ],
    [
      'a mail whose letter never learned that it went out',
      (s) => each('letters', { invoice: bobs }, () => ({ state: 'unknown', messageId: null }))(s),
    ],
    [
      'a customer who has another card than when billed',
      (s) =>
        inBooks({
          customers: s.books.customers.map((one) => ({ ...one, payment: { state: 'none' as const } })),
          changedCustomers: new Set(s.books.customers.map(({ id }) => id)),
        })(s),
    ],
    [
      'a customer who has another address than when billed',
      (s) => inBooks({ people: s.books.people.map((one) => ({ ...one, email: 'new@example.com', name: 'New' })) })(s),
    ],
  ];
  it.each(harmless)('%s', (_, spoil) => {
    expect(audit(spoil(sound))).toEqual([]);
  });

  it('a dead letter that a test expects', () => {
    const dead = { ...sound, queues: [{ name: 'money-dead', isDeadLetter: true, messages: 1 }] };
    expect(audit(dead, { deadLetters: ['money-dead'] })).toEqual([]);
  });
});
