/**
 * Books brought back to an earlier moment from a backup, and how far bringing them in
 * line with the world has come. What the world did since that moment (numbers mailed,
 * cards charged) is not in them, so they are closed until it is: nothing is numbered
 * before the numbers given since are fenced off, and nobody is charged before every
 * payment made since has found its place.
 *
 *   closed → fenced → reconciled → open
 */
import type { Instant } from '../time/instant.ts';

export const restoreStates = ['closed', 'fenced', 'reconciled', 'open'] as const;

export interface Restore {
  /** The moment the backup was of. */
  readonly restoredTo: Instant;
  /** Why, in the words of who did it. */
  readonly because: string;
  /** The API key they did it with. */
  readonly by: string;
  readonly closedAt: Instant;
  readonly state: (typeof restoreStates)[number];
  readonly changedAt: Instant;
  readonly fences: readonly Fence[];
  /** Null until payments are looked for. */
  readonly reconciliation: Reconciliation | null;
}

/** Serials of one series that are passed over. */
export interface Fence {
  readonly series: string;
  readonly from: number;
  readonly until: number;
}

/** One pass over the payments the provider knows of, window by window. */
export interface Reconciliation {
  /** Payments made before then have been looked at. */
  readonly upTo: Instant;
  /** How many have their place in the books. */
  readonly placed: number;
  /** Those of invoices that are not billed again yet: the pass is made once more when they are. */
  readonly waiting: Unplaced;
  /** Those that have no place here, or disagree with what they should pay. */
  readonly forAPerson: Unplaced;
}

/** How many, and the first of them with the reason. */
export interface Unplaced {
  readonly count: number;
  readonly first: readonly { readonly invoice: string; readonly attempt: number; readonly because: string }[];
}

/** Absent where the books were never restored. */
export const mayNumber = (restore: Restore | undefined): boolean => restore?.state !== 'closed';
export const mayCharge = (restore: Restore | undefined): boolean => restore === undefined || restore.state === 'open';

/** Closed, from whatever state a backup or an earlier restore left. */
export const closeBooks = (
  { restoredTo, because, by }: Pick<Restore, 'restoredTo' | 'because' | 'by'>,
  now: Instant,
): Restore => ({
  restoredTo,
  because,
  by,
  closedAt: now,
  state: 'closed',
  changedAt: now,
  fences: [],
  reconciliation: null,
});
