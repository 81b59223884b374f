/**
 * Many exact sums of decimals at once. Each slot adds whole numbers of the same
 * scale as machine integers, and moves what grows past 2^52 into a bigint, so that
 * no step ever rounds. How a sum was fed, and in what order, leaves no trace in it.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- lanes are made before they are read */
import { add, type Decimal, zero } from '../money/decimal.ts';
import { quantityLimits } from './usage-event.ts';

export interface ExactSums {
  readonly slots: number;
  /** One lane a slot for each scale that occurs; most quantities have one or two. */
  readonly lanes: (Float64Array | undefined)[];
  readonly spilled: Map<number, Decimal>;
}

/** A lane below this takes any mantissa and stays below 2^53. */
const laneLimit = 2 ** 52;

export const exactSums = (slots: number): ExactSums => ({
  slots,
  lanes: Array.from({ length: quantityLimits.places + 1 }, () => undefined),
  spilled: new Map(),
});

export const addDecimalTo = ({ spilled }: ExactSums, slot: number, value: Decimal): void => {
  spilled.set(slot, add(spilled.get(slot) ?? zero, value));
};

/** Adds `mantissa / 10^scale`; mantissa below 2^52, at most 12 places. */
export const addPlainTo = (sums: ExactSums, slot: number, mantissa: number, scale: number): void => {
  const lane = (sums.lanes[scale] ??= new Float64Array(sums.slots));
  const value = lane[slot]! + mantissa;
  if (value < laneLimit && value > -laneLimit) lane[slot] = value;
  else {
    addDecimalTo(sums, slot, { digits: BigInt(value), scale });
    lane[slot] = 0;
  }
};

export const sumOf = ({ lanes, spilled }: ExactSums, slot: number): Decimal =>
  lanes.reduce(
    (total, lane, scale) => {
      const value = lane?.[slot] ?? 0;
      return value === 0 ? total : add(total, { digits: BigInt(value), scale });
    },
    spilled.get(slot) ?? zero,
  );
