/**
 * A billing run is one night's work: what was due, split into ranges of customers,
 * and what became of each. Progress is the sum of its pages, never a counter; a
 * run is complete when every expected period has an outcome (I10).
 */
import type { Instant } from '../time/instant.ts';
import type { Day } from '../time/day.ts';
import type { RatedUsage } from '../usage/rate-usage.ts';

/** Which night is being worked on; one record, so nights are opened one after the other, oldest first. */
export interface RunHead {
  readonly night: Day;
  readonly run: string;
  readonly open: boolean;
  /** Runs that were given up with ranges half done; those ranges are taken up again every night. */
  readonly unfinished: readonly string[];
}

export interface BillingRun {
  readonly id: string;
  readonly night: Day;
  /** Periods that ended by this instant are due. */
  readonly dueBy: Instant;
  /** Usage that arrived up to this instant is seen; later arrivals are the next run's. */
  readonly usageUpTo: Instant;
  readonly ranges: number;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** Closed before it was done: what it had not billed was due still, and the next run's. */
  readonly givenUp: boolean;
}

/** One range of a run: its share of the manifest. Long lists are parts, named here by their hash. */
export interface RunRange {
  readonly run: string;
  readonly range: number;
  /** The part that lists what is expected: `DuePeriod[]`. */
  readonly expected: string;
  readonly expectedCount: number;
  /** Once rated. */
  readonly rated: RatedRange | null;
  /** Once billed: one outcome per expected period, as the part `PeriodOutcome[]` and counted. */
  readonly billed: { readonly outcomes: string; readonly counts: OutcomeCounts } | null;
  /** Whether every invoice of the range has its number. */
  readonly numbered: boolean;
}

export interface RatedRange {
  /** The part `RatedPeriods`: what each subscription used. */
  readonly usage: string;
  /** The part that lists what was quarantined while rating, or null where nothing was. */
  readonly quarantined: string | null;
  readonly counts: RangeUsage;
}

/** By subscription id: how many distinct events were rated into its period, and what its meters read of them. */
export type RatedPeriods = Readonly<
  Record<string, { readonly events: number; readonly meters: readonly RatedUsage[] }>
>;

export interface DuePeriod {
  readonly customer: string;
  readonly subscription: string;
  readonly n: number;
}

export type PeriodOutcome = DuePeriod &
  (
    | { readonly outcome: 'invoiced'; readonly invoice: string; readonly billingEntity: string }
    | { readonly outcome: 'nothing_to_bill' | 'parked' | 'failed'; readonly because: string }
  );

export type OutcomeCounts = Readonly<Record<PeriodOutcome['outcome'], number>>;

/** What the usage log held for the range: distinct = rated + settled + quarantined + notDue. */
export interface RangeUsage {
  readonly distinct: number;
  readonly repeats: number;
  readonly rated: number;
  /** Accounted for by an earlier run. */
  readonly settled: number;
  readonly quarantined: number;
  /** Of no period that is due: still to come. */
  readonly notDue: number;
}

export const countOutcomes = (outcomes: readonly PeriodOutcome[]): OutcomeCounts => {
  const count = (outcome: PeriodOutcome['outcome']) => outcomes.filter((each) => each.outcome === outcome).length;
  return {
    invoiced: count('invoiced'),
    nothing_to_bill: count('nothing_to_bill'),
    parked: count('parked'),
    failed: count('failed'),
  };
};
