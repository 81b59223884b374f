/**
 * Bytes written and read in order, with whole numbers as varints: seven bits a
 * byte, the low ones first, the top bit saying that more follow. Reading past the
 * end gives zeros and moves on; `finishReading` then names the damage.
 */
import { assert } from '../assert.ts';

export interface ByteWriter {
  bytes: Uint8Array;
  length: number;
}

export interface ByteReader {
  readonly bytes: Uint8Array;
  at: number;
}

export const byteWriter = (capacity: number): ByteWriter => ({ bytes: new Uint8Array(capacity), length: 0 });
export const byteReader = (bytes: Uint8Array): ByteReader => ({ bytes, at: 0 });

/** Makes room for `more` bytes, so that a loop may write them without looking. */
export const reserve = (writer: ByteWriter, more: number): void => {
  if (writer.length + more <= writer.bytes.length) return;
  const wider = new Uint8Array(Math.max(writer.bytes.length * 2, writer.length + more));
  wider.set(writer.bytes.subarray(0, writer.length));
  writer.bytes = wider;
};

export const writeByte = (writer: ByteWriter, byte: number): void => {
  reserve(writer, 1);
  writer.bytes[writer.length++] = byte;
};

export const writeBytes = (writer: ByteWriter, bytes: Uint8Array): void => {
  reserve(writer, bytes.length);
  writer.bytes.set(bytes, writer.length);
  writer.length += bytes.length;
};

/** Puts a whole number from 0 up to 2^53 − 1 where the caller has made room, at most 8 bytes of it; the place after it. */
export const putVarint = (bytes: Uint8Array, at: number, value: number): number => {
  let rest = value;
  let end = at;
  while (rest >= 128) {
    // A bitwise or keeps the lowest 32 bits of a number however great, and a byte the lowest 8 of these.
    bytes[end++] = rest | 128;
    rest = Math.floor(rest / 128);
  }
  bytes[end] = rest;
  return end + 1;
};

export const writeVarint = (writer: ByteWriter, value: number): void => {
  reserve(writer, 8);
  writer.length = putVarint(writer.bytes, writer.length, value);
};

export const readByte = (reader: ByteReader): number => reader.bytes[reader.at++] ?? 0;

export const readVarint = (reader: ByteReader): number => {
  let value = 0;
  let unit = 1;
  for (;;) {
    const byte = readByte(reader);
    value += (byte & 127) * unit;
    if (byte < 128) return value;
    unit *= 128;
  }
};

/** The next `length` bytes, in place: a view, not a copy. */
export const readBytes = (reader: ByteReader, length: number): Uint8Array => {
  const bytes = reader.bytes.subarray(reader.at, reader.at + length);
  reader.at += length;
  return bytes;
};

/** A count of at most `most`; more is damage, caught before memory is asked for. */
export const readCount = (reader: ByteReader, most: number): number => {
  const count = readVarint(reader);
  assert(count <= most, `a packed count is at most ${most}`);
  return count;
};

export const finishReading = (reader: ByteReader): void => {
  assert(reader.at === reader.bytes.length, 'packed bytes end where their columns end');
};
