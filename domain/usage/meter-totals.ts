/**
 * The quantities of many (target, meter) pairs as they grow, event by event, in any
 * order. Each pair has a slot; numbers lie in typed arrays, and only what a slot
 * truly needs (its texts, a wide decimal) is an object.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- slots are made before they are read */
import { compare, type Decimal, decimalText, zero } from '../money/decimal.ts';
import type { Fingerprint } from './fingerprint.ts';
import { addDecimalTo, addPlainTo, type ExactSums, exactSums, sumOf } from './exact-sums.ts';
import type { Aggregation } from './meter.ts';

/** A quantity as it comes: plain as `mantissa / 10^scale`, or wide as a decimal. */
export interface QuantityRead {
  mantissa: number;
  scale: number;
  wide: Decimal | undefined;
}

const decimalOf = ({ mantissa, scale, wide }: QuantityRead): Decimal => wide ?? { digits: BigInt(mantissa), scale };

const isGreater = (a: QuantityRead, b: QuantityRead): boolean =>
  a.wide === undefined && b.wide === undefined && a.scale === b.scale
    ? a.mantissa > b.mantissa
    : compare(decimalOf(a), decimalOf(b)) > 0;

/** The value of the greatest (time, source, id) so far; the words of identity are asked for only when times tie. */
interface Latest {
  readonly timeMs: number;
  readonly identity: () => readonly [source: string, id: string];
  readonly value: QuantityRead;
}

const isLater = (a: Latest, b: Latest): boolean => {
  if (a.timeMs !== b.timeMs) return a.timeMs > b.timeMs;
  const [sourceA, idA] = a.identity();
  const [sourceB, idB] = b.identity();
  return sourceA === sourceB ? idA > idB : sourceA > sourceB;
};

export interface MeterTotals {
  /** Distinct events counted, by slot. */
  readonly events: Float64Array;
  /** The sums, word by word modulo 2^32, of the fingerprints counted: four words a slot. */
  readonly digests: Fingerprint;
  readonly sums: ExactSums;
  readonly greatest: Map<number, QuantityRead>;
  readonly latest: Map<number, Latest>;
  readonly met: Map<number, Set<string>>;
}

export const meterTotals = (slots: number): MeterTotals => ({
  events: new Float64Array(slots),
  digests: new Uint32Array(slots * 4),
  sums: exactSums(slots),
  greatest: new Map(),
  latest: new Map(),
  met: new Map(),
});

export const countEvent = ({ events, digests }: MeterTotals, slot: number, body: Fingerprint): void => {
  events[slot]!++;
  for (let word = 0; word < 4; word++) digests[slot * 4 + word]! += body[word]!;
};

export const addToSum = ({ sums }: MeterTotals, slot: number, { mantissa, scale, wide }: QuantityRead): void => {
  if (wide === undefined) addPlainTo(sums, slot, mantissa, scale);
  else addDecimalTo(sums, slot, wide);
};

export const raiseTo = ({ greatest }: MeterTotals, slot: number, value: QuantityRead): void => {
  const best = greatest.get(slot);
  if (best === undefined || isGreater(value, best)) greatest.set(slot, { ...value });
};

export const followTo = ({ latest }: MeterTotals, slot: number, next: Latest): void => {
  const last = latest.get(slot);
  if (last === undefined || isLater(next, last)) latest.set(slot, { ...next, value: { ...next.value } });
};

export const meetText = ({ met }: MeterTotals, slot: number, text: string): void => {
  const texts = met.get(slot);
  if (texts === undefined) met.set(slot, new Set([text]));
  else texts.add(text);
};

const decimalIn = ({ events, sums, greatest, latest, met }: MeterTotals, slot: number, of: Aggregation): Decimal => {
  switch (of) {
    case 'count':
      return { digits: BigInt(events[slot]!), scale: 0 };
    case 'unique_count':
      return { digits: BigInt(met.get(slot)?.size ?? 0), scale: 0 };
    case 'sum':
      return sumOf(sums, slot);
    case 'max':
    case 'latest': {
      const value = of === 'max' ? greatest.get(slot) : latest.get(slot)?.value;
      return value === undefined ? zero : decimalOf(value);
    }
  }
};

/** The slot's quantity as the shortest plain text. */
export const quantityIn = (totals: MeterTotals, slot: number, of: Aggregation): string =>
  decimalText(decimalIn(totals, slot, of));
