/**
 * Books brought back to an earlier moment from a backup, and how far bringing them in
 * line with the world has come. What the world did since that moment (numbers mailed,
 * cards charged) is not in them, so they are closed until it is: nothing is numbered
 * before the numbers given since are fenced off, and nobody is charged before every
 * payment made since has found its place or a person has said to go on without. Books
 * restored again before they were open have lost the hours of both.
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
  /** Absent where the books were open when they were closed. */
  readonly unfinished?: Unfinished;
  readonly state: (typeof restoreStates)[number];
  readonly changedAt: Instant;
  readonly fences: readonly Fence[];
  /** Null until payments are looked for. */
  readonly reconciliation: Reconciliation | null;
  /** Where the books were opened although payments waited for their invoices. */
  readonly acceptedWaiting?: AcceptedWaiting;
}

export type Closing = Pick<Restore, 'restoredTo' | 'because' | 'by' | 'closedAt'>;

/** Restores begun before this one that never came to be open: what their hours lost is not in the books either. */
export interface Unfinished {
  /** The earliest moment any of them restored to. */
  readonly since: Instant;
  /** The latest twenty, the newest last. */
  readonly closings: readonly Closing[];
}

/** Who opened the books with payments waiting, and why; which, the reconciliation says. */
export interface AcceptedWaiting {
  readonly because: string;
  /** The API key they did it with. */
  readonly by: string;
  readonly at: Instant;
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

/** From when on what the world did may be missing: the moment restored to, or that of an earlier restore left unfinished. */
export const lostSince = ({ restoredTo, unfinished }: Pick<Restore, 'restoredTo' | 'unfinished'>): Instant =>
  unfinished !== undefined && unfinished.since < restoredTo ? unfinished.since : restoredTo;

/** Closed, from whatever state a backup or an earlier restore left; what an earlier one had still to find stays to be found. */
export const closeBooks = (
  { restoredTo, because, by }: Pick<Restore, 'restoredTo' | 'because' | 'by'>,
  before: Restore | undefined,
  now: Instant,
): Restore => {
  const closed = {
    restoredTo,
    because,
    by,
    closedAt: now,
    state: 'closed',
    changedAt: now,
    reconciliation: null,
  } as const;
  return before === undefined || before.state === 'open'
    ? { ...closed, fences: [] }
    : { ...closed, unfinished: unfinishedBy(before), fences: before.fences };
};

const mostClosings = 20;

const unfinishedBy = (before: Restore): Unfinished => {
  const { restoredTo, because, by, closedAt } = before;
  const closings = [...(before.unfinished?.closings ?? []), { restoredTo, because, by, closedAt }];
  return { since: lostSince(before), closings: closings.slice(-mostClosings) };
};
