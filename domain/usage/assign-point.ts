/**
 * Says whose a usage point is from an event time on. Times may lie in the past: usage
 * since then is re-attributed by itself, since owners are looked up when rating. What
 * was said before stands for ever, so a bill can be made again from what was known
 * then; of the same instant, what was said last holds.
 */
import type { Assignment, Point } from './point.ts';

/** As many as one record holds with room to spare. */
export const mostAssignments = 1_000;

/**
 * The point with the assignment; the same point where that customer owns it at that time
 * already. Said once more it would count as news, and usage long billed as late for its bill.
 */
export const assignPoint = (point: Point, assignment: Assignment): Point => {
  const { from, customer } = assignment;
  const later = point.assignments.findIndex((known) => known.from > from);
  const place = later === -1 ? point.assignments.length : later;
  if (ownerAt(point, from) === customer) return point;
  return { ...point, assignments: point.assignments.toSpliced(place, 0, assignment) };
};

/** Whose usage of that moment is; null while in suspense. */
export const ownerAt = ({ assignments }: Point, moment: Assignment['from']): string | null =>
  assignments.findLast(({ from }) => from <= moment)?.customer ?? null;
