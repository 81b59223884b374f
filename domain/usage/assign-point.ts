/**
 * Says whose a usage point is from an event time on. Times may lie in the past: usage
 * since then is re-attributed by itself, since owners are looked up when rating. What
 * was said of the same instant before is replaced; every other assignment stands.
 */
import type { Assignment, Point } from './point.ts';

/** As many as one record holds with room to spare. */
export const mostAssignments = 1_000;

/** The point with the assignment; the same point where that is what it says already. */
export const assignPoint = (point: Point, assignment: Assignment): Point => {
  const { from, customer } = assignment;
  if (point.assignments.some((known) => known.from === from && known.customer === customer)) return point;
  const others = point.assignments.filter((known) => known.from !== from);
  return { ...point, assignments: [...others, assignment].sort((a, b) => (a.from < b.from ? -1 : 1)) };
};

/** Whose usage of that moment is; null while in suspense. */
export const ownerAt = ({ assignments }: Point, moment: Assignment['from']): string | null =>
  assignments.findLast(({ from }) => from <= moment)?.customer ?? null;
