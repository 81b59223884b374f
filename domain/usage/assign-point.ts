/**
 * Says whose a usage point is from an event time on. Times may lie in the past: usage
 * since then is re-attributed by itself, since owners are looked up when rating. What
 * was said before stands for ever, so a bill can be made again from what was known
 * then; of the same instant, what was said last holds.
 */
import type { Assignment, Point } from './point.ts';

/** As many as one record holds with room to spare. */
export const mostAssignments = 1_000;

/** The point with the assignment; the same point where that is what it says already. */
export const assignPoint = (point: Point, assignment: Assignment): Point => {
  const { from, customer } = assignment;
  const later = point.assignments.findIndex((known) => known.from > from);
  const place = later === -1 ? point.assignments.length : later;
  const before = point.assignments[place - 1];
  if (before?.from === from && before.customer === customer) return point;
  return { ...point, assignments: point.assignments.toSpliced(place, 0, assignment) };
};

/** Whose usage of that moment is; null while in suspense. */
export const ownerAt = ({ assignments }: Point, moment: Assignment['from']): string | null =>
  assignments.findLast(({ from }) => from <= moment)?.customer ?? null;
