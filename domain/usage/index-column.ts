/**
 * Columns of places in a list: which source, which layout, which text. The width
 * of a place follows from the length of the list: nothing where there is but one,
 * then 1, 2, 4 or 8 bits, and varints past 256.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- the loops keep within their columns */
import { readVarint, reserve, writeVarint, type ByteReader, type ByteWriter } from './bytes.ts';

const bitsFor = (choices: number): number =>
  choices <= 1 ? 0 : choices <= 2 ? 1 : choices <= 4 ? 2 : choices <= 16 ? 4 : choices <= 256 ? 8 : 16;

export const writeIndexes = (writer: ByteWriter, indexes: Uint16Array, choices: number): void => {
  const bits = bitsFor(choices);
  if (bits === 0) return;
  if (bits === 16) {
    for (const index of indexes) writeVarint(writer, index);
    return;
  }
  reserve(writer, indexes.length);
  const { bytes } = writer;
  let at = writer.length;
  let byte = 0;
  let filled = 0;
  for (let i = 0; i < indexes.length; i++) {
    byte |= indexes[i]! << filled;
    filled += bits;
    if (filled < 8) continue;
    bytes[at++] = byte;
    byte = 0;
    filled = 0;
  }
  if (filled > 0) bytes[at++] = byte;
  writer.length = at;
};

export const readIndexes = (reader: ByteReader, count: number, choices: number): Uint16Array => {
  const indexes = new Uint16Array(count);
  const bits = bitsFor(choices);
  if (bits === 0) return indexes;
  if (bits === 16) {
    for (let i = 0; i < count; i++) indexes[i] = readVarint(reader);
    return indexes;
  }
  const { bytes } = reader;
  const mask = (1 << bits) - 1;
  let byte = 0;
  let left = 0;
  for (let i = 0; i < count; i++) {
    if (left === 0) {
      byte = bytes[reader.at++]!;
      left = 8;
    }
    indexes[i] = byte & mask;
    byte >>>= bits;
    left -= bits;
  }
  return indexes;
};
