/**
 * Many texts as one run of UTF-8 bytes and the places where each begins, so that
 * a thousand ids are two arrays and not a thousand strings. A text is decoded only
 * when someone asks to read it. Texts are well-formed Unicode; the door sees to it.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- places come from the columns that name them */
import { assert } from '../assert.ts';
import {
  readBytes,
  readCount,
  readVarint,
  writeBytes,
  writeVarint,
  type ByteReader,
  type ByteWriter,
} from './bytes.ts';

export interface TextTable {
  readonly bytes: Uint8Array;
  /** One more place than there are texts: text i lies from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Uint32Array;
}

const encoder = new TextEncoder();
// A text may begin with U+FEFF, which a decoder otherwise takes for a byte order mark and swallows.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

export const utf8 = (text: string): Uint8Array => {
  assert(text.isWellFormed(), 'a text of the usage log is well-formed Unicode');
  return encoder.encode(text);
};

export const fromUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

export const textCount = (table: TextTable): number => table.starts.length - 1;

export const textAt = (table: TextTable, place: number): string =>
  decoder.decode(table.bytes.subarray(table.starts[place], table.starts[place + 1]));

export const allTexts = (table: TextTable): string[] =>
  Array.from({ length: textCount(table) }, (_, place) => textAt(table, place));

/** Whether two texts, maybe of two tables, are the same, byte by byte. */
export const sameText = (a: TextTable, placeInA: number, b: TextTable, placeInB: number): boolean => {
  const from = a.starts[placeInA]!;
  const length = a.starts[placeInA + 1]! - from;
  const fromB = b.starts[placeInB]!;
  if (b.starts[placeInB + 1]! - fromB !== length) return false;
  for (let i = 0; i < length; i++) if (a.bytes[from + i] !== b.bytes[fromB + i]) return false;
  return true;
};

/** A table of its own of the texts at the places given, in that order. */
export const selectTexts = (table: TextTable, places: ArrayLike<number>): TextTable => {
  const starts = new Uint32Array(places.length + 1);
  for (let i = 0; i < places.length; i++) {
    starts[i + 1] = starts[i]! + table.starts[places[i]! + 1]! - table.starts[places[i]!]!;
  }
  const bytes = new Uint8Array(starts[places.length]!);
  for (let i = 0; i < places.length; i++) {
    bytes.set(table.bytes.subarray(table.starts[places[i]!], table.starts[places[i]! + 1]), starts[i]);
  }
  return { bytes, starts };
};

export const writeTexts = (writer: ByteWriter, texts: readonly string[]): void => {
  const encoded = texts.map(utf8);
  writeVarint(writer, encoded.length);
  for (const bytes of encoded) writeVarint(writer, bytes.length);
  for (const bytes of encoded) writeBytes(writer, bytes);
};

export const readTexts = (reader: ByteReader): TextTable => {
  const count = readCount(reader, reader.bytes.length);
  const starts = new Uint32Array(count + 1);
  let end = 0;
  for (let i = 0; i < count; i++) {
    end += readVarint(reader);
    starts[i + 1] = end;
  }
  assert(reader.at + end <= reader.bytes.length, 'packed texts lie within their bytes');
  return { bytes: readBytes(reader, end), starts };
};
