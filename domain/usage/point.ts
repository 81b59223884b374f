/**
 * A usage point: a SIM, a phone number, a meter point, a workspace, or a
 * customer's own id. Who owns it is effective-dated and resolved when rating, by
 * event time, so a point that moves, even back-dated, re-attributes by itself.
 * A point nobody owns is in suspense: its usage is stored, shown, and billed
 * once assigned.
 */
import type { Instant } from '../time/instant.ts';

export interface Point {
  /** As events name it in `subject`. */
  readonly subject: string;
  /** Sorted by `from` and, of the same instant, by when they were recorded: the last one holds. Before the first the point is in suspense. */
  readonly assignments: readonly Assignment[];
}

export interface Assignment {
  /** From this event time on … */
  readonly from: Instant;
  /** … the point is this customer's; null hands it back to suspense. */
  readonly customer: string | null;
  /** When we were told; usage of a period billed before that is late for it. */
  readonly recordedAt: Instant;
}

/** The point as it was known at that time. */
export const pointKnownBy = (point: Point, knownBy: Instant): Point => ({
  ...point,
  assignments: point.assignments.filter(({ recordedAt }) => recordedAt <= knownBy),
});
