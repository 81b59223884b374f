/**
 * From when on a point may be taken from its owner: the start of the owner's period now
 * running. What came before is on a bill, or about to be, and moving it would bill the
 * same usage to two customers; that takes a credit note, not an assignment.
 */
import { periodIndexAt } from '../time/period.ts';
import type { Instant } from '../time/instant.ts';
import { periodOf, type Subscription } from './subscription.ts';

/** `owner` is the subscription that prices the owner's usage. */
export const movableFrom = (owner: Subscription, now: Instant): Instant => {
  const running = periodIndexAt({ anchorOn: owner.anchorOn, zone: owner.timezone }, now);
  return periodOf(owner, Math.max(0, running)).from;
};
