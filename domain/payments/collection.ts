/**
 * What becomes of an invoice's payment by itself, as the records stand: whether a card
 * is charged, and if not, why not. Letters and the API say what is decided here, so
 * they promise what `decideCharge` does and nothing else.
 */
import type { PaymentMethod } from '../catalog/customer.ts';
import type { Invoice } from '../invoicing/invoice.ts';
import type { Day } from '../time/day.ts';
import { notChargeable } from './not-chargeable.ts';

/**
 * due: the saved card is charged on that day. under_way: a payment is being made, and
 * nothing else is tried meanwhile. not_by_card: less than a card can be charged.
 * no_method: there is no card that works; on that day one is looked for again.
 * gave_up: the card was declined as often as it is tried. none: nothing is owed.
 */
export const collectionStates = ['due', 'under_way', 'not_by_card', 'no_method', 'gave_up', 'none'] as const;

export interface Collection {
  readonly state: (typeof collectionStates)[number];
  /** Null where nothing is tried by itself, and while a payment is under way. */
  readonly nextAttemptOn: Day | null;
}

export const collectionOf = (
  { status, total, openAttempt, nextAttemptOn }: Invoice,
  method: PaymentMethod,
): Collection => {
  if (status.state !== 'final' || total.minor <= 0n) return { state: 'none', nextAttemptOn: null };
  if (openAttempt !== null) return { state: 'under_way', nextAttemptOn: null };
  if (notChargeable(total) !== undefined) return { state: 'not_by_card', nextAttemptOn: null };
  if (nextAttemptOn === null) return { state: 'gave_up', nextAttemptOn: null };
  const hasCard = method.state === 'saved' || method.state === 'given';
  return { state: hasCard ? 'due' : 'no_method', nextAttemptOn };
};
