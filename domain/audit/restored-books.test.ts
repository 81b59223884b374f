/** The audit of books that were restored: what was fenced off and what was mailed meanwhile is explained, and nothing else is. */
import { expect, it } from 'vitest';
import { invoiceOf } from '#test/world/sound-cast.ts';
import { soundSnapshot } from '#test/world/sound-snapshot.ts';
import { inBooks } from '#test/world/spoil.ts';
import type { NumberHole } from '../invoicing/number-series.ts';
import { audit } from './audit.ts';
import type { Snapshot } from './snapshot.ts';

const sound = soundSnapshot();
const given = Math.max(...sound.books.series.map(({ next }) => next)) - 1;

/** The series goes on behind numbers that no document has. */
const passingOver = (holes: readonly NumberHole[]) =>
  inBooks(({ series }) => ({ series: series.map((each) => ({ ...each, next: given + 4, holes })) }));
const hole: NumberHole = { from: given + 1, until: given + 3, because: 'Given in hours that were lost.' };

const invariants = (snapshot: Snapshot) => [...new Set(audit(snapshot).map(({ invariant }) => invariant))];

it('numbers passed over with their reason are no gap', () => {
  expect(invariants(passingOver([hole])(sound))).toEqual([]);
});

it.each([
  ['nobody says why', [{ ...hole, because: ' ' }]],
  ['the series does not say so', []],
  ['it says so of fewer', [{ ...hole, until: given + 2 }]],
  ['it says so of one that a document has', [{ ...hole, from: given }]],
])('they are where %s', (_, holes) => {
  expect(invariants(passingOver(holes)(sound))).toEqual(['I17']);
});

it('a mail about a document that was lost is explained once it is kept as that', () => {
  const strays = ['of an invoice the books have', 'of one they lost with its customer'].map((messageId, i) => ({
    messageId,
    invoice: i === 0 ? invoiceOf('ada', 0) : 'inv_9999999999abcdefghij_1_0',
    to: i === 0 ? [sound.mails[0]!.to[0]!] : ['somebody@customer.example'],
  }));
  const mailed: Snapshot = { ...sound, mails: [...sound.mails, ...strays] };
  expect(invariants(mailed)).toEqual(['I33', 'I34']);
  expect(invariants(inBooks({ lostMails: strays.map(({ messageId }) => messageId) })(mailed))).toEqual([]);
});

it('a lost mail about an invoice the books have went to its customer too', () => {
  const stray = { messageId: 'lost', invoice: invoiceOf('ada', 0), to: ['somebody@customer.example'] };
  const mailed: Snapshot = { ...sound, mails: [...sound.mails, stray] };
  expect(invariants(inBooks({ lostMails: ['lost'] })(mailed))).toEqual(['I34']);
});
