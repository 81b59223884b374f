/** The audit finds nothing in sound books, nor in what only looks odd; what it does find stands in the tests beside this one. */
import { describe, expect, it } from 'vitest';
import { invoiceOf } from '#test/world/sound-cast.ts';
import { soundSnapshot } from '#test/world/sound-snapshot.ts';
import { each, inBooks, type Spoil } from '#test/world/spoil.ts';
import { present } from '../assert.ts';
import { instant } from '../time/instant.ts';
import { audit } from './audit.ts';
import { usageBodyHash } from './distinct-bodies.ts';
import { usageAccount } from './usage-account.ts';

const sound = soundSnapshot();
const u1 = present(
  sound.journal.find(({ id }) => id === 'u1'),
  'u1 is in the log',
);

it('finds nothing in sound books', () => {
  expect(audit(sound)).toEqual([]);
});

it('accounts for every event in exactly one place', () => {
  expect(usageAccount(sound)).toEqual({
    accepted: 12,
    duplicates: 1, // u1 again
    rated: 3, // u1 u2 u3
    quarantined: 5, // c1 with two bodies, x1 of no meter, b1 without a quantity, late
    suspense: 1, // s1
    pending: 2, // p1 of March, lp1 late and not yet looked at
    unsubscribed: 1, // before
  });
});

describe('finds nothing wrong with', () => {
  const odd: readonly (readonly [what: string, spoil: Spoil])[] = [
    [
      'an event acknowledged and stored',
      (s) => ({ ...s, acknowledged: [{ id: 'u1', source: 'meter', bodyHash: usageBodyHash(u1) }] }),
    ],
    [
      'the same event once more after it was billed',
      (s) => ({ ...s, journal: [...s.journal, { ...u1, arrivedAt: instant('2026-03-05T00:00:00.000Z') }] }),
    ],
    [
      'a meter made after the runs, of what they found to be of no meter',
      inBooks(({ meters }) => ({
        meters: [...meters, { key: 'mystery', eventType: 'mystery', aggregation: 'count', unit: '' }],
      })),
    ],
    [
      'a mail whose letter never learned that it went out',
      each('letters', { invoice: invoiceOf('bob', 0) }, () => ({ state: 'unknown', messageId: null })),
    ],
    [
      'a customer who has another card than when billed',
      inBooks(({ customers }) => ({
        customers: customers.map((one) => ({ ...one, payment: { state: 'none' } })),
        changedCustomers: new Set(customers.map(({ id }) => id)),
      })),
    ],
    [
      'a customer who has moved since',
      inBooks(({ people }) => ({ people: people.map((one) => ({ ...one, email: 'new@example.com', name: 'New' })) })),
    ],
  ];
  it.each(odd)('%s', (_, spoil) => {
    expect(audit(spoil(sound))).toEqual([]);
  });

  it('a dead letter that a test expects', () => {
    const dead = { ...sound, queues: [{ name: 'money-dead', isDeadLetter: true, messages: 1 }] };
    expect(audit(dead, { deadLetters: ['money-dead'] })).toEqual([]);
  });
});
