/** The pass over the provider's payments: where it begins and ends, and when it says that the books are in line. */
import { expect, it } from 'vitest';
import { addMinutes, instant } from '../time/instant.ts';
import { afterWindow, nextReconciliation, type Placing, windowOf } from './reconciliation.ts';
import { closeBooks, mayCharge, mayNumber, type Restore } from './restore.ts';

const restoredTo = instant('2026-02-01T01:00:00.000Z');
const closedAt = instant('2026-02-01T04:00:00.000Z');
const now = instant('2026-02-01T06:00:00.000Z');
const closed = closeBooks({ restoredTo, because: 'a drill', by: 'key' }, undefined, closedAt);
const fenced: Restore = { ...closed, state: 'fenced' };
const waits: Placing = { state: 'waiting', invoice: 'inv', attempt: 1, because: 'not billed yet' };

/** All windows to the end, with these placings in the first of them. */
const through = (
  restore: Restore,
  first: readonly Placing[] = [],
): { readonly after: Restore; readonly windows: number } => {
  let [after, windows] = [restore, 0];
  for (let window = windowOf(after); window !== undefined; window = windowOf(after)) {
    after = afterWindow(after, window.until, windows === 0 ? first : [], now);
    windows += 1;
  }
  return { after, windows };
};

it('opens numbering with the fence, and charging only at the end', () => {
  const states = ['closed', 'fenced', 'reconciled', 'open'] as const;
  expect(states.map((state) => mayNumber({ ...closed, state }))).toEqual([false, true, true, true]);
  expect(states.map((state) => mayCharge({ ...closed, state }))).toEqual([false, false, false, true]);
  expect([mayNumber(undefined), mayCharge(undefined)]).toEqual([true, true]);
});

it('looks from two hours before the moment restored to until the books were closed', () => {
  const begun = nextReconciliation(fenced, now);
  expect(windowOf(begun)?.from).toBe('2026-01-31T23:00:00.000Z');
  const { after, windows } = through(begun);
  // 23:00 to 04:10 and the window that begins there: 5 h 10 min are 31 windows of ten minutes, and one.
  expect(windows).toBe(32);
  expect(after.reconciliation!.upTo > addMinutes(closedAt, 10)).toBe(true);
  expect(after.state).toBe('reconciled');
});

it('does not call books reconciled while a payment waits for its invoice, and looks again', () => {
  const { after } = through(nextReconciliation(fenced, now), [waits]);
  expect(after.state).toBe('fenced');
  expect(after.reconciliation?.waiting).toMatchObject({
    count: 1,
    first: [{ invoice: 'inv', because: 'not billed yet' }],
  });
  const again = nextReconciliation(after, now);
  expect(again.reconciliation.waiting.count).toBe(0);
  expect(through(again).after.state).toBe('reconciled');
});

it('is not begun anew while it is under way', () => {
  const begun = nextReconciliation(fenced, now);
  const further = afterWindow(begun, windowOf(begun)!.until, [{ state: 'placed' }], now);
  expect(nextReconciliation(further, now).reconciliation).toEqual(further.reconciliation);
});

it('leaves what a person must see to a person, and opens for the others', () => {
  const forAPerson = Array.from({ length: 60 }, (): Placing => ({ ...waits, state: 'for_a_person' }));
  const { after } = through(nextReconciliation(fenced, now), forAPerson);
  expect(after.state).toBe('reconciled');
  expect(after.reconciliation?.forAPerson.count).toBe(60);
  expect(after.reconciliation?.forAPerson.first).toHaveLength(50);
});
