/**
 * The pass over the payments the provider knows of, in windows of ten minutes: how far
 * it has come is in the record, so a window told of twice is looked at once. It begins
 * two hours before the hours that were lost, for a payment page lives one, and ends where
 * the books were closed, for nothing was asked of the provider after that.
 */
import { addMinutes, type Instant } from '../time/instant.ts';
import { lostSince, type Reconciliation, type Restore, type Unplaced } from './restore.ts';

export type Placing =
  | { readonly state: 'placed' }
  | {
      readonly state: 'waiting' | 'for_a_person';
      readonly invoice: string;
      readonly attempt: number;
      readonly because: string;
    };

const beforeMinutes = 120;
const windowMinutes = 10;
/** Clocks of ours and the provider's are not the same. */
const afterMinutes = 10;
const mostNamed = 50;

const none: Unplaced = { count: 0, first: [] };

/** A pass under way goes on from where it is, as often as it is asked for; one that is through is made once more. */
export const nextReconciliation = (
  restore: Restore,
  now: Instant,
): Restore & { readonly reconciliation: Reconciliation } => ({
  ...restore,
  state: 'fenced',
  changedAt: now,
  reconciliation:
    restore.reconciliation !== null && windowOf(restore) !== undefined
      ? restore.reconciliation
      : { upTo: addMinutes(lostSince(restore), -beforeMinutes), placed: 0, waiting: none, forAPerson: none },
});

/** The window that begins where the pass has come to; undefined where it is through. */
export const windowOf = ({ closedAt, reconciliation }: Restore): { from: Instant; until: Instant } | undefined => {
  if (reconciliation === null || reconciliation.upTo > addMinutes(closedAt, afterMinutes)) return undefined;
  return { from: reconciliation.upTo, until: addMinutes(reconciliation.upTo, windowMinutes) };
};

/** With what became of the payments of one window. Through, and nothing left waiting: reconciled. */
export const afterWindow = (restore: Restore, until: Instant, placings: readonly Placing[], now: Instant): Restore => {
  if (restore.reconciliation === null) return restore;
  const reconciliation: Reconciliation = {
    upTo: until,
    placed: restore.reconciliation.placed + placings.filter(({ state }) => state === 'placed').length,
    waiting: withMore(restore.reconciliation.waiting, placings, 'waiting'),
    forAPerson: withMore(restore.reconciliation.forAPerson, placings, 'for_a_person'),
  };
  const after: Restore = { ...restore, changedAt: now, reconciliation };
  const isThrough = windowOf(after) === undefined && reconciliation.waiting.count === 0;
  return isThrough ? { ...after, state: 'reconciled' } : after;
};

const withMore = ({ count, first }: Unplaced, placings: readonly Placing[], state: Placing['state']): Unplaced => {
  const more = placings.flatMap((each) =>
    each.state === state && each.state !== 'placed'
      ? [{ invoice: each.invoice, attempt: each.attempt, because: each.because }]
      : [],
  );
  return { count: count + more.length, first: [...first, ...more].slice(0, mostNamed) };
};
