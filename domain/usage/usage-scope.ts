/**
 * What a rating of usage is about: some meters, and for each usage point the
 * windows of event time in which its use belongs to a target (a subscription's
 * period). Windows are half open; an open one is being rated, a closed one was.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- places come from the arrays they index */
import { assert } from '../assert.ts';
import type { Meter } from './meter.ts';
import type { UsageColumns } from './usage-columns.ts';

export interface PointWindow {
  /** Event times from here … */
  readonly fromMs: number;
  /** … up to but not including here. */
  readonly untilMs: number;
  /** What the quantities belong to, in the caller's own words; several points may share one. */
  readonly target: string;
  readonly state: 'open' | 'closed';
  /** Of a closed window: events that arrived up to and including then were dealt with when it closed. */
  readonly settledUpToMs?: number;
}

export interface UsageScope {
  readonly meters: readonly Meter[];
  /** Windows of each point, sorted and not overlapping. A point not here is not looked at. */
  readonly points: ReadonlyMap<number, readonly PointWindow[]>;
  /**
   * By target, the meters (by key) its plan prices; every meter where a target has no entry. An
   * event that a priced meter picks and cannot read is set aside whole, for its bill would be
   * short; one that only an unpriced meter cannot read is rated by the others, for a mistyped
   * meter must not stop a bill.
   */
  readonly priced?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Settled before anything arrived. */
export const open = -Infinity;

export interface ScopeIndex {
  readonly targets: readonly string[];
  /** The place of each window's target. */
  readonly targetOf: Uint32Array;
  /** Whether the target's plan prices the meter, by their places. */
  readonly isPriced: (targetPlace: number, meterPlace: number) => boolean;
  /** When each window was settled, `open` where it is not closed. */
  readonly settledUpTo: Float64Array;
  readonly froms: Float64Array;
  readonly untils: Float64Array;
  /** An open-addressed table: the point of each slot … */
  readonly pointIn: Uint32Array;
  /** … one more than the place of its first window, so that 0 says the slot is free … */
  readonly firstIn: Uint32Array;
  /** … and the place past its last. */
  readonly endIn: Uint32Array;
}

const assertInOrder = (windows: readonly PointWindow[]): void => {
  windows.forEach(({ fromMs, untilMs, state, settledUpToMs }, i) => {
    assert(fromMs < untilMs, 'a window of a usage point ends after it begins');
    assert(i === 0 || windows[i - 1]!.untilMs <= fromMs, 'windows of a usage point are sorted and do not overlap');
    assert(state === 'open' || Number.isFinite(settledUpToMs), 'a closed window says up to when it was settled');
  });
};

const slotOf = ({ pointIn, firstIn }: Pick<ScopeIndex, 'pointIn' | 'firstIn'>, point: number): number => {
  const mask = pointIn.length - 1;
  let slot = (Math.imul(point, 0x9e3779b1) >>> 7) & mask;
  while (firstIn[slot] !== 0 && pointIn[slot] !== point) slot = (slot + 1) & mask;
  return slot;
};

/** The scope laid out for looking up a million points: typed arrays, not a Map. */
export const indexScope = ({ points, meters, priced }: UsageScope): ScopeIndex => {
  const windows = [...points.values()].flat();
  const places = new Map<string, number>();
  const targetOf = Uint32Array.from(windows, ({ target }) => {
    const place = places.get(target) ?? places.size;
    places.set(target, place);
    return place;
  });
  const pricedAt = new Uint8Array(places.size * meters.length);
  for (const [target, place] of places) {
    const keys = priced?.get(target);
    meters.forEach(({ key }, meter) => (pricedAt[place * meters.length + meter] = (keys?.has(key) ?? true) ? 1 : 0));
  }

  let size = 16;
  while (size < points.size * 2) size *= 2;
  const table = { pointIn: new Uint32Array(size), firstIn: new Uint32Array(size), endIn: new Uint32Array(size) };
  let end = 0;
  for (const [point, own] of points) {
    assert(Number.isInteger(point) && point >= 0 && point < 2 ** 32, 'a usage point is a number of 32 bits');
    assertInOrder(own);
    const slot = slotOf(table, point);
    table.pointIn[slot] = point;
    table.firstIn[slot] = end + 1;
    end += own.length;
    table.endIn[slot] = end;
  }
  return {
    targets: [...places.keys()],
    targetOf,
    isPriced: (target, meter) => pricedAt[target * meters.length + meter] === 1,
    settledUpTo: Float64Array.from(windows, ({ state, settledUpToMs = open }) =>
      state === 'closed' ? settledUpToMs : open,
    ),
    froms: Float64Array.from(windows, ({ fromMs }) => fromMs),
    untils: Float64Array.from(windows, ({ untilMs }) => untilMs),
    ...table,
  };
};

export const hasPoint = (index: ScopeIndex, point: number): boolean => index.firstIn[slotOf(index, point)] !== 0;

/** The place of the window of its point that holds the row's time, or −1. */
export const windowOf = (index: ScopeIndex, { points, times }: UsageColumns, row: number): number => {
  const { froms, untils } = index;
  const slot = slotOf(index, points[row]!);
  const timeMs = times[row]!;
  if (index.firstIn[slot] === 0) return -1;
  const last = index.endIn[slot]!;
  let low = index.firstIn[slot]! - 1;
  let high = last;
  // The first window that ends after the time.
  while (low < high) {
    const middle = (low + high) >> 1;
    if (untils[middle]! > timeMs) high = middle;
    else low = middle + 1;
  }
  return low < last && froms[low]! <= timeMs ? low : -1;
};
