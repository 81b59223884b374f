/** The audit of payments, mail and operations: one thing spoiled at a time, and the invariant it breaks. */
import { expect, it } from 'vitest';
import { invoiceOf } from '#test/world/sound-cast.ts';
import { soundSnapshot } from '#test/world/sound-snapshot.ts';
import { attempt, both, charge, each, final, firstMail, inBooks, type SpoilCase, without } from '#test/world/spoil.ts';
import { money } from '../money/money.ts';
import { instant } from '../time/instant.ts';
import { audit } from './audit.ts';

const sound = soundSnapshot();
const adas = invoiceOf('ada', 0);
const bobs = invoiceOf('bob', 0);
const euros = (amount: string) => money(amount, 'EUR');
const declined = `ch_${adas}_1`;
const success = `ch_${adas}_2`;

const spoils: readonly SpoilCase[] = [
  ['I24', 'a second charge succeeded', charge(declined, { status: 'succeeded' })],
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
  ['I26', 'an attempt is over less than can be charged', attempt(1, { amount: euros('0.49') })],
  ['I27', 'an attempt is open and the invoice does not know', attempt(1, { state: 'unknown' })],
  ['I27', 'the invoice has an attempt open that has ended', each('invoices', { id: bobs }, () => ({ openAttempt: 1 }))],
  ['I27', 'an attempt is missing', without('attempts', ({ n }) => n === 1)],
  [
    'I27',
    'an attempt was claimed before the one before it',
    attempt(1, { claimedAt: instant('2026-02-04T09:00:00.001Z') }),
  ],
  [
    'I27',
    'an attempt has two payments at the provider',
    (s) => ({ ...s, charges: s.charges.flatMap((one) => [one, { ...one, id: `${one.id}x`, intent: 'pi_more' }]) }),
  ],
  ['I27', 'a failed attempt does not say why', attempt(1, { because: '' })],
  ['I28', 'an attempt is over another amount', attempt(1, { amount: euros('1.00') })],
  ['I28', 'the provider was asked for another amount', charge(declined, { amount: euros('1.00') })],
  ['I29', 'an invoice is paid while the payment is pending', charge(success, { status: 'pending' })],
  ['I29', 'an invoice is owed though it was paid', each('invoices', { id: adas }, final({ state: 'final' }))],
  [
    'I32',
    'a letter was written after the invoice was paid',
    each('letters', { step: 'declined-1' }, () => ({ claimedAt: instant('2026-02-09T09:00:00.000Z') })),
  ],
  [
    'I32',
    'a bill was written after the invoice was void',
    each('invoices', { id: bobs }, final({ state: 'void', voidedAt: instant('2026-02-01T00:50:00.000Z') })),
  ],
  ['I32', 'a draft was mailed', each('invoices', { id: bobs }, () => ({ status: { state: 'draft' } }))],
  ['I32', 'an invoice over nothing was mailed', each('invoices', { id: bobs }, () => ({ total: euros('0.00') }))],
  [
    'I33',
    'a bill arrived twice',
    (s) => ({
      ...s,
      mails: s.mails.flatMap((mail, i) => (i === 0 ? [mail, { ...mail, messageId: 'ses-again' }] : [mail])),
    }),
  ],
  ['I33', 'a mail is no letter of ours', firstMail(() => ({ messageId: 'ses-other', invoice: null }))],
  ['I33', 'a letter that was sent never arrived', (s) => ({ ...s, mails: s.mails.slice(1) })],
  ['I34', 'a bill went to somebody else', firstMail(() => ({ to: ['eve@example.com'] }))],
  ['I34', 'a bill went to another as well', firstMail(({ to }) => ({ to: [...to, 'eve@example.com'] }))],
  ['I34', 'a bill has the payment link of another', firstMail(() => ({ invoice: bobs }))],
  ['I34', 'a letter was addressed to another', each('letters', { invoice: bobs }, () => ({ to: 'eve@example.com' }))],
  ['I36', 'a message is left', (s) => ({ ...s, queues: [{ name: 'money', isDeadLetter: false, messages: 1 }] })],
  ['I36', 'a message is dead', (s) => ({ ...s, queues: [{ name: 'money-dead', isDeadLetter: true, messages: 1 }] })],
  ['I36', 'an event was told and not sent', (s) => ({ ...s, outbox: [{ key: 'L#OUT#0', events: ['run.closed'] }] })],
  [
    'I37',
    'an attempt never ended',
    both(
      attempt(1, { state: 'unknown' }),
      each('invoices', { id: adas }, () => ({ openAttempt: 1 })),
    ),
  ],
  ['I37', 'a letter is still being written', each('letters', { invoice: bobs }, () => ({ state: 'claimed' }))],
  ['I37', 'a webhook was never handled', each('webhooks', { id: 'evt_1' }, () => ({ state: 'received' }))],
  [
    'I37',
    'a card was never saved',
    inBooks(({ customers }) => ({
      customers: customers.map((one) => ({ ...one, payment: { state: 'given', paymentMethod: 'pm_2' } })),
    })),
  ],
  ['I38', 'a webhook was quarantined without a reason', each('webhooks', { id: 'evt_2' }, () => ({ because: '' }))],
  [
    'I23',
    'an item is not where its index says',
    (s) => ({ ...s, flaws: [{ key: 'L#C#1 0', what: 'A customer is stored under another key.' }] }),
  ],
];

it.each(spoils)('%s: %s', (invariant, _, spoil) => {
  expect(audit(spoil(sound)).map((violation) => violation.invariant)).toContain(invariant);
});

it('bears with an attempt the bank has, and with one a person was told of', () => {
  const sentLongAgo = both(attempt(1, { state: 'sent' }), charge(declined, { status: 'pending' }));
  expect(audit(sentLongAgo(sound)).filter(({ invariant }) => invariant === 'I37')).toEqual([]);
});
