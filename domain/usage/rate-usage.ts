/**
 * Rates usage: from the pieces of the journal, in any order and any number of times,
 * to the quantity of every meter for every target. Repeats collapse; the answer is a
 * function of the set of events and of when each first arrived, never of the order
 * in which the pieces came. An identity that came with several bodies is a conflict:
 * none of them is rated and all are shown, for picking one would be picking whom to
 * overcharge. Only what was rated before stays rated.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- rows come from the columns they index */
import { assert } from '../assert.ts';
import { addEvents, distinctEvents } from './distinct-events.ts';
import { judgeUsage } from './judge-usage.ts';
import { selectRows, type UsageColumns } from './usage-columns.ts';
import { hasPoint, indexScope, type ScopeIndex, type UsageScope } from './usage-scope.ts';
import type { UsageRating } from './usage-rating.ts';

export type { PointWindow, UsageScope } from './usage-scope.ts';
export type { LoggedArrival, Quarantined, RatedUsage, UsageRating } from './usage-rating.ts';

/** What one request put in the journal. */
export interface JournalPiece {
  readonly arrivedAtMs: number;
  readonly columns: UsageColumns;
}

export interface UsageLimits {
  /** How many unassigned events the answer lists, the earliest first; all are counted. */
  readonly unassignedListed: number;
}

export interface UsageMerge {
  readonly add: (piece: JournalPiece) => void;
  /** The rating of all that was added. Asking changes nothing; more may be added after. */
  readonly finish: () => UsageRating;
}

/** The rows whose points the scope has, as columns of their own unless all are. */
const inScope = (index: ScopeIndex, columns: UsageColumns): UsageColumns => {
  const rows = new Uint16Array(columns.count);
  let count = 0;
  for (let row = 0; row < columns.count; row++) if (hasPoint(index, columns.points[row]!)) rows[count++] = row;
  return count === columns.count ? columns : selectRows(columns, rows.subarray(0, count));
};

export const rateUsage = (scope: UsageScope, limits: UsageLimits): UsageMerge => {
  const index = indexScope(scope);
  const events = distinctEvents();
  let received = 0;
  let outside = 0;
  let repeats = 0;
  return {
    add: ({ arrivedAtMs, columns: all }) => {
      const columns = inScope(index, all);
      received += columns.count;
      outside += all.count - columns.count;
      if (columns.count > 0) repeats += addEvents(events, columns, arrivedAtMs);
    },
    finish: () => {
      const judged = judgeUsage(scope.meters, index, events, limits.unassignedListed);
      const counts = { received, outside, repeats, ...judged.counts };
      assert(counts.received === counts.distinct + counts.repeats, 'received = distinct + repeats');
      return { ...judged, counts };
    },
  };
};
