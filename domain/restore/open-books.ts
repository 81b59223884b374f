/**
 * Restored books opened again: once every payment has its place or is with a person. One
 * that waits for its invoice keeps everybody from being charged, so where it may wait
 * for ever a person can say to go on without, by name, with the reason and knowing how many.
 */
import { type Refusal, refuse } from '../refusal.ts';
import type { Instant } from '../time/instant.ts';
import { windowOf } from './reconciliation.ts';
import type { AcceptedWaiting, Restore } from './restore.ts';

type Acceptance = Pick<AcceptedWaiting, 'because' | 'by'> & {
  /** How many they saw waiting. */
  readonly payments: number;
};

export const openBooks = (
  restore: Restore,
  acceptance: Acceptance | undefined,
  now: Instant,
): Restore | Refusal<'restore_out_of_order'> => {
  const { state, reconciliation } = restore;
  const opened: Restore = { ...restore, state: 'open', changedAt: now };
  if (state === 'reconciled') return opened;
  const outOfOrder = (why: string) => refuse('restore_out_of_order', `The books are ${state}; ${why}`);
  if (state !== 'fenced' || reconciliation === null || windowOf(restore) !== undefined)
    return outOfOrder('they are opened once the payments made since have been looked for.');
  const waiting = `${String(reconciliation.waiting.count)} payments wait for their invoices`;
  if (acceptance === undefined)
    return outOfOrder(`${waiting}: reconcile again once they are billed, or open with acceptWaiting and the reason.`);
  if (acceptance.payments !== reconciliation.waiting.count)
    return outOfOrder(`${waiting}, not ${String(acceptance.payments)}.`);
  const { because, by } = acceptance;
  return { ...opened, acceptedWaiting: { because, by, at: now } };
};
