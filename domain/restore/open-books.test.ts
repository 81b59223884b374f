/** When restored books are opened: with everything in its place, or with a person who says why not, and never before it was looked. */
import { describe, expect, it } from 'vitest';
import { instant } from '../time/instant.ts';
import { openBooks } from './open-books.ts';
import { closeBooks, type Restore } from './restore.ts';

const now = instant('2026-02-02T09:00:00.000Z');
const closedAt = instant('2026-02-01T04:00:00.000Z');
const closed = closeBooks(
  { restoredTo: instant('2026-02-01T01:00:00.000Z'), because: 'a drill', by: 'key' },
  undefined,
  closedAt,
);
const waiting = { count: 2, first: [{ invoice: 'inv', attempt: 1, because: 'not billed yet' }] };
const lookedUpTo = (upTo: string): Restore => ({
  ...closed,
  state: 'fenced',
  reconciliation: { upTo: instant(upTo), placed: 3, waiting, forAPerson: { count: 0, first: [] } },
});
const through = lookedUpTo('2026-02-01T04:20:00.000Z');
const accepts = { payments: 2, because: 'Refunded by hand.', by: 'ada' };

it('reconciled ones are opened, and nothing has to be accepted', () => {
  expect(openBooks({ ...through, state: 'reconciled' }, undefined, now)).toMatchObject({
    state: 'open',
    changedAt: now,
  });
});

describe('books with payments waiting', () => {
  it('stay closed to charges, and say how many wait', () => {
    expect(openBooks(through, undefined, now)).toMatchObject({
      refused: 'restore_out_of_order',
      because: expect.stringContaining('2 payments wait') as string,
    });
  });

  it('are opened by who accepts that, which is kept with the payments and the reason', () => {
    expect(openBooks(through, accepts, now)).toMatchObject({
      state: 'open',
      reconciliation: { waiting },
      acceptedWaiting: { because: 'Refunded by hand.', by: 'ada', at: now },
    });
  });

  it('are not opened by who saw another number of them', () => {
    expect(openBooks(through, { ...accepts, payments: 1 }, now)).toMatchObject({ refused: 'restore_out_of_order' });
  });
});

it.each([
  ['not fenced', closed],
  ['not looked through yet', { ...through, reconciliation: null }],
  ['being looked through', lookedUpTo('2026-02-01T03:50:00.000Z')],
])('books that are %s are opened by nobody', (_, restore) => {
  expect(openBooks(restore, accepts, now)).toMatchObject({ refused: 'restore_out_of_order' });
});
