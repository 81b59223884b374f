/**
 * A subscription: a customer on a plan version, billed every month from an
 * anchor day. Its n-th period is a function of the anchor and n alone, never of
 * the period before, so a day 31 anchor does not drift (I11).
 */
import { billingPeriod, type Period } from '../time/period.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { TimeZone } from '../time/zone.ts';

export interface Subscription {
  readonly id: string;
  readonly customer: string;
  readonly plan: string;
  readonly planVersion: number;
  /** The first day of the first period, in `timezone`. */
  readonly anchorOn: Day;
  readonly timezone: TimeZone;
  readonly state: 'active' | 'ended';
  /** The index of the period now running, from 0; the ones before are closed. */
  readonly currentPeriod: number;
  /**
   * Usage that arrived after this instant was not seen when the last closed period was rated;
   * absent while no period is closed. Such usage of a closed period is late.
   */
  readonly ratedUpTo?: Instant;
  readonly createdAt: Instant;
}

/** The n-th billing period of the subscription. */
export const periodOf = (subscription: Pick<Subscription, 'anchorOn' | 'timezone'>, n: number): Period =>
  billingPeriod(
    { anchorOn: subscription.anchorOn, interval: 'month', intervalCount: 1, zone: subscription.timezone },
    n,
  );

/** What became of one period: put-if-absent, so a period has at most one invoice (I9). */
export interface ClosedPeriod {
  readonly subscription: string;
  readonly n: number;
  readonly from: Instant;
  readonly until: Instant;
  readonly run: string;
  /** The invoice that bills it, or null where there was nothing to bill. */
  readonly invoice: string | null;
  /** Distinct usage events rated into it. */
  readonly ratedEvents: number;
}
