/**
 * The answer of a rating of usage: quantities by target and meter, the events no
 * quantity could be made of with the reason why, and counts that add up.
 */
import type { LoggedEvent } from './usage-columns.ts';

/** A logged event and when its body first arrived. */
export interface LoggedArrival extends LoggedEvent {
  readonly arrivedAtMs: number;
}

export interface RatedUsage {
  readonly target: string;
  /** The meter's key. */
  readonly meter: string;
  /** The exact quantity, as the shortest plain decimal. It may be below zero; the price says what then. */
  readonly quantity: string;
  /** How many distinct events made it. */
  readonly events: number;
  /**
   * 32 hex digits that change when any of those events does, and not with their
   * order: the sum, word by word modulo 2^32, of the 128-bit fingerprints of
   * their bodies (see event-body.ts).
   */
  readonly digest: string;
}

export type Quarantined =
  | {
      readonly reason: 'conflict';
      /** The bodies of one identity that were not rated. */
      readonly events: readonly LoggedArrival[];
      /** Bodies of it that an earlier closing dealt with, and which stand. */
      readonly settled: readonly LoggedArrival[];
    }
  | {
      readonly reason: 'period_closed' | 'unknown_meter' | 'bad_quantity';
      readonly events: readonly [LoggedArrival];
    };

/** Bodies, not identities, are counted, so that every event received is in exactly one count. */
export interface UsageCounts {
  /** Events of points in the scope; received = distinct + repeats. */
  readonly received: number;
  /** Events of points outside the scope, which were not looked at. */
  readonly outside: number;
  readonly repeats: number;
  /** distinct = rated + settled + late + conflicts + unknownMeter + badQuantity + unassigned. */
  readonly distinct: number;
  readonly rated: number;
  readonly settled: number;
  readonly late: number;
  readonly conflicts: number;
  readonly unknownMeter: number;
  readonly badQuantity: number;
  readonly unassigned: number;
}

export interface UsageRating {
  /** Sorted by target, then meter; a pair without events is absent. */
  readonly rated: readonly RatedUsage[];
  /** Sorted by time, source and id of the first event. */
  readonly quarantined: readonly Quarantined[];
  /** The earliest events of no window, as many as were asked for. */
  readonly unassigned: readonly LoggedArrival[];
  /** Distinct events rated, by target; one that feeds several meters is counted once. */
  readonly ratedEvents: Readonly<Record<string, number>>;
  readonly counts: UsageCounts;
}
