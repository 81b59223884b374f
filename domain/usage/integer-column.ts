/**
 * Columns of whole numbers in few bytes: as offsets from their least or as steps
 * from one to the next, whichever is shorter. Values keep within ±(2^51 − 1), so
 * that every step, doubled to carry its sign, is still an exact double.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- the loops keep within their columns */
import { assert } from '../assert.ts';
import {
  putVarint,
  readByte,
  readVarint,
  reserve,
  writeByte,
  writeVarint,
  type ByteReader,
  type ByteWriter,
} from './bytes.ts';

export const columnLimit = 2 ** 51 - 1;

const offsets = 0;
const steps = 1;

/** Signed to unsigned: 0, −1, 1, −2 … become 0, 1, 2, 3 … */
const unsigned = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const signed = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

const varintLength = (value: number): number => {
  let length = 1;
  for (let limit = 128; value >= limit; limit *= 128) length++;
  return length;
};

/** What a column would take before deflate, its few bytes of head apart, in either way of writing it. */
export interface IntegersCost {
  readonly least: number;
  readonly offsets: number;
  readonly steps: number;
}

export const integersCost = (values: Float64Array): IntegersCost => {
  let least = values.length === 0 ? 0 : Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    assert(Number.isInteger(value) && Math.abs(value) <= columnLimit, 'a column holds whole numbers below 2^51');
    if (value < least) least = value;
  }
  let offsetBytes = 0;
  let stepBytes = 0;
  let previous = values[0] ?? 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    offsetBytes += varintLength(value - least);
    stepBytes += varintLength(unsigned(value - previous));
    previous = value;
  }
  return { least, offsets: offsetBytes, steps: stepBytes };
};

export const integersLength = ({ offsets, steps }: IntegersCost): number => Math.min(offsets, steps);

export const writeIntegers = (writer: ByteWriter, values: Float64Array, cost = integersCost(values)): void => {
  const bySteps = cost.steps < cost.offsets;
  let from = bySteps ? (values[0] ?? 0) : cost.least;
  writeByte(writer, bySteps ? steps : offsets);
  writeVarint(writer, unsigned(from));
  reserve(writer, values.length * 8);
  const { bytes } = writer;
  let at = writer.length;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    at = putVarint(bytes, at, bySteps ? unsigned(value - from) : value - from);
    if (bySteps) from = value;
  }
  writer.length = at;
};

export const readIntegers = <Column extends Float64Array | Uint32Array>(reader: ByteReader, into: Column): Column => {
  const bySteps = readByte(reader) === steps;
  let from = signed(readVarint(reader));
  const { bytes } = reader;
  for (let i = 0; i < into.length; i++) {
    const first = bytes[reader.at++]!;
    const second = first < 128 ? 0 : bytes[reader.at++]!;
    // One and two bytes are nearly all there are; the rest take the general way from their first byte again.
    let packed = (first & 127) | (second << 7);
    if (second >= 128) {
      reader.at -= 2;
      packed = readVarint(reader);
    }
    if (bySteps) {
      from += packed < 0x40000000 ? (packed >>> 1) ^ -(packed & 1) : signed(packed);
      into[i] = from;
    } else into[i] = from + packed;
  }
  return into;
};
