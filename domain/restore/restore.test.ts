/** Books restored a second time: what the first restore had still to find stays to be found, and why each was done stays to be read. */
import { expect, it } from 'vitest';
import { instant } from '../time/instant.ts';
import { nextReconciliation, windowOf } from './reconciliation.ts';
import { closeBooks, lostSince, type Restore } from './restore.ts';

const at = (hour: number) => instant(`2026-02-01T${String(hour).padStart(2, '0')}:00:00.000Z`);
const fences = [{ series: 'main#invoice#2026', from: 12, until: 14 }];
const first: Restore = { ...closeBooks({ restoredTo: at(3), because: 'first', by: 'ada' }, undefined, at(5)), fences };
const again = (before: Restore, hour = 8) =>
  closeBooks({ restoredTo: at(hour), because: 'second', by: 'bob' }, before, at(hour + 1));

it.each(['closed', 'fenced', 'reconciled'] as const)('after one that was %s looks for what both have lost', (state) => {
  const second = again({ ...first, state });
  expect(second).toMatchObject({ state: 'closed', restoredTo: at(8), because: 'second', by: 'bob', fences });
  expect(second.unfinished?.closings).toEqual([{ restoredTo: at(3), because: 'first', by: 'ada', closedAt: at(5) }]);
  expect(lostSince(second)).toBe(at(3));
  // Two hours before three o'clock, and not before eight.
  expect(windowOf(nextReconciliation({ ...second, state: 'fenced' }, at(9)))?.from).toBe(at(1));
});

it('after one that was opened begins afresh', () => {
  const second = again({ ...first, state: 'open' });
  expect([second.unfinished, second.fences, lostSince(second)]).toEqual([undefined, [], at(8)]);
});

it('to a moment before the first looks from there', () => {
  expect(lostSince(again(first, 2))).toBe(at(2));
});

it('for the third time still looks from the first, also past the twenty that are named', () => {
  let latest = first;
  for (let i = 0; i < 30; i += 1) latest = again(latest);
  expect([lostSince(latest), latest.unfinished?.closings.length]).toEqual([at(3), 20]);
});
