/** Whose a usage point is: what was said stands, the last word of one instant holds, looked up by event time. */
import { describe, expect, it } from 'vitest';
import { addDaysTo, instant } from '../time/instant.ts';
import { assignPoint, ownerAt } from './assign-point.ts';
import type { Point } from './point.ts';

const told = instant('2026-02-10T00:00:00.000Z');
const january = instant('2026-01-01T00:00:00.000Z');
const nobodys: Point = { subject: 'sim-1', assignments: [] };
const assigned = (point: Point, from: string, customer: string | null): Point =>
  assignPoint(point, { from: instant(from), customer, recordedAt: told });

describe('a point', () => {
  const moved = assigned(assigned(nobodys, '2026-01-15T00:00:00.000Z', 'cus_b'), '2026-01-01T00:00:00.000Z', 'cus_a');

  it('is in suspense before its first assignment', () => {
    expect([ownerAt(nobodys, january), ownerAt(moved, instant('2025-12-31T23:59:59.999Z'))]).toEqual([null, null]);
  });

  it('is its owner’s from the very instant on, in whatever order we were told', () => {
    const at = (text: string) => ownerAt(moved, instant(text));
    expect([at('2026-01-01T00:00:00.000Z'), at('2026-01-14T23:59:59.999Z'), at('2026-01-15T00:00:00.000Z')]).toEqual([
      'cus_a',
      'cus_a',
      'cus_b',
    ]);
    expect(moved.assignments.map(({ from }) => from)).toEqual([january, '2026-01-15T00:00:00.000Z']);
  });

  it('is given back to suspense by an assignment to nobody', () => {
    const given = assigned(moved, '2026-01-20T00:00:00.000Z', null);
    expect([ownerAt(given, told), ownerAt(given, instant('2026-01-19T00:00:00.000Z'))]).toEqual([null, 'cus_b']);
  });

  it('says the last thing said of one instant', () => {
    const corrected = assigned(moved, '2026-01-15T00:00:00.000Z', 'cus_c');
    expect(corrected.assignments).toHaveLength(3); // what a bill was made from still stands
    expect(ownerAt(corrected, told)).toBe('cus_c');
  });

  it('told what it says already is the same point, with the day it was first told', () => {
    expect(assignPoint(moved, { from: january, customer: 'cus_a', recordedAt: addDaysTo(told, 1) })).toBe(moved);
  });

  it('told once more, from a later day, whose it is already is the same point: what was billed is not news', () => {
    expect(assigned(moved, '2026-01-10T00:00:00.000Z', 'cus_a')).toBe(moved);
    expect(assigned(nobodys, '2026-01-10T00:00:00.000Z', null)).toBe(nobodys);
  });
});
