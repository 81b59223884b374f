/**
 * Columns of whole numbers in few bytes: as offsets from their least or as steps
 * from one to the next, whichever is shorter. Values keep within ±(2^51 − 1), so
 * that every step, doubled to carry its sign, is still an exact double.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- the loops keep within their columns */
import { assert } from '../assert.ts';
import { readByte, readVarint, reserve, writeByte, writeVarint, type ByteReader, type ByteWriter } from './bytes.ts';

export const columnLimit = 2 ** 51 - 1;

const offsets = 0;
const steps = 1;

/** Signed to unsigned: 0, −1, 1, −2 … become 0, 1, 2, 3 … */
const unsigned = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const signed = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);

const varintLength = (value: number): number => {
  let length = 1;
  for (let rest = value; rest >= 128; rest /= 128) length++;
  return length;
};

interface Cost {
  readonly least: number;
  readonly offsets: number;
  readonly steps: number;
}

const costOf = (values: ArrayLike<number>): Cost => {
  let least = Infinity;
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
  return { least: values.length === 0 ? 0 : least, offsets: offsetBytes, steps: stepBytes };
};

/** How many bytes the column will take before deflate, its few bytes of head apart. */
export const integersLength = (values: ArrayLike<number>): number => {
  const cost = costOf(values);
  return Math.min(cost.offsets, cost.steps);
};

export const writeIntegers = (writer: ByteWriter, values: ArrayLike<number>): void => {
  const cost = costOf(values);
  const bySteps = cost.steps < cost.offsets;
  let from = bySteps ? (values[0] ?? 0) : cost.least;
  writeByte(writer, bySteps ? steps : offsets);
  writeVarint(writer, unsigned(from));
  reserve(writer, values.length * 8);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const packed = bySteps ? unsigned(value - from) : value - from;
    if (packed < 128) writer.bytes[writer.length++] = packed;
    else writeVarint(writer, packed);
    if (bySteps) from = value;
  }
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
