/**
 * The column of event ids in bytes. The time that opens a sortable id is written
 * as its distance from the event's own time or from the id before, whichever is
 * shorter; chance bits go as they are; raw texts say how much they share with the
 * raw text before.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- the loops keep within their columns */
import { assert } from '../assert.ts';
import {
  readByte,
  readBytes,
  readCount,
  readVarint,
  reserve,
  writeByte,
  writeBytes,
  writeVarint,
  type ByteReader,
  type ByteWriter,
} from './bytes.ts';
import { idShapes, readEventId, type IdFamily, type IdShape, type IdWords } from './event-id.ts';
import { readIndexes, writeIndexes } from './index-column.ts';
import { integersCost, integersLength, readIntegers, writeIntegers } from './integer-column.ts';
import { fromUtf8, utf8, type TextTable } from './text-table.ts';
import type { IdColumn, LoggedEvent } from './usage-columns.ts';

const againstEventTime = 1;
const alone = 0;

/** The 48 bits of time that open a sortable id, and the 48 last bits that hold a number. */
const timeOf = (words: IdWords, row: number): number => words[row * 4]! * 2 ** 16 + (words[row * 4 + 1]! >>> 16);
const numberOf = (words: IdWords, row: number): number => words[row * 4 + 2]! * 2 ** 32 + words[row * 4 + 3]!;

interface ReadIds {
  readonly families: readonly IdFamily[];
  readonly familyOf: Uint16Array;
  readonly words: IdWords;
}

const readIdsOf = (events: readonly LoggedEvent[]): ReadIds => {
  const places = new Map<string, number>();
  const families: IdFamily[] = [];
  const familyOf = new Uint16Array(events.length);
  const words = new Uint32Array(events.length * 4);
  let last: IdFamily | undefined;
  let place = 0;
  for (let row = 0; row < events.length; row++) {
    const family = readEventId(events[row]!.id, last, words, row * 4);
    if (family !== last) {
      const key = `${family.shape} ${family.width} ${family.prefix}`;
      place = places.get(key) ?? families.length;
      if (place === families.length) {
        places.set(key, place);
        families.push(family);
      }
      last = families[place];
    }
    familyOf[row] = place;
  }
  return { families, familyOf, words };
};

const noRows = new Uint16Array(0);

const rowsOf = (families: readonly IdFamily[], familyOf: Uint16Array, shapes: readonly IdShape[]): Uint16Array => {
  const isWanted = families.map(({ shape }) => shapes.includes(shape));
  if (!isWanted.includes(true)) return noRows;
  const rows = new Uint16Array(familyOf.length);
  let count = 0;
  for (let row = 0; row < familyOf.length; row++) if (isWanted[familyOf[row]!]!) rows[count++] = row;
  return rows.subarray(0, count);
};

const writeSortableTimes = (writer: ByteWriter, rows: Uint16Array, words: IdWords, eventTimes: Float64Array): void => {
  const times = new Float64Array(rows.length);
  const lags = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    times[i] = timeOf(words, rows[i]!);
    lags[i] = times[i]! - eventTimes[rows[i]!]!;
  }
  const costOfTimes = integersCost(times);
  const costOfLags = integersCost(lags);
  const near = integersLength(costOfLags) <= integersLength(costOfTimes);
  writeByte(writer, near ? againstEventTime : alone);
  if (near) writeIntegers(writer, lags, costOfLags);
  else writeIntegers(writer, times, costOfTimes);
};

const readSortableTimes = (reader: ByteReader, rows: Uint16Array, words: IdWords, eventTimes: Float64Array): void => {
  const near = readByte(reader) === againstEventTime;
  const times = readIntegers(reader, new Float64Array(rows.length));
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const time = near ? times[i]! + eventTimes[row]! : times[i]!;
    words[row * 4] = Math.floor(time * 2 ** -16);
    words[row * 4 + 1] = time << 16;
  }
};

const putWord = (bytes: Uint8Array, at: number, word: number): void => {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
};

/** Bytes of each row's words, all sixteen or those from byte 6 on. */
const writeWordBytes = (writer: ByteWriter, rows: Uint16Array, words: IdWords, first: 0 | 6): void => {
  reserve(writer, rows.length * 16);
  const { bytes } = writer;
  let at = writer.length;
  for (const row of rows) {
    const word = row * 4;
    if (first === 0) {
      putWord(bytes, at, words[word]!);
      putWord(bytes, at + 4, words[word + 1]!);
      at += 8;
    } else {
      bytes[at] = words[word + 1]! >>> 8;
      bytes[at + 1] = words[word + 1]!;
      at += 2;
    }
    putWord(bytes, at, words[word + 2]!);
    putWord(bytes, at + 4, words[word + 3]!);
    at += 8;
  }
  writer.length = at;
};

const readWordBytes = (reader: ByteReader, rows: Uint16Array, words: IdWords, first: 0 | 6): void => {
  const { bytes } = reader;
  let { at } = reader;
  for (const row of rows) {
    const word = row * 4;
    if (first === 0) {
      words[word] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
      words[word + 1] = (bytes[at + 4]! << 24) | (bytes[at + 5]! << 16) | (bytes[at + 6]! << 8) | bytes[at + 7]!;
      at += 8;
    } else {
      words[word + 1] = words[word + 1]! | (bytes[at]! << 8) | bytes[at + 1]!;
      at += 2;
    }
    words[word + 2] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    words[word + 3] = (bytes[at + 4]! << 24) | (bytes[at + 5]! << 16) | (bytes[at + 6]! << 8) | bytes[at + 7]!;
    at += 8;
  }
  reader.at = at;
};

const writeRawTexts = (writer: ByteWriter, texts: readonly string[]): void => {
  let previous = new Uint8Array(0);
  const shared: number[] = [];
  const rests: Uint8Array[] = [];
  for (const text of texts) {
    const bytes = Uint8Array.from(utf8(text));
    let same = 0;
    while (same < bytes.length && same < previous.length && bytes[same] === previous[same]) same++;
    shared.push(same);
    rests.push(bytes.subarray(same));
    previous = bytes;
  }
  for (const same of shared) writeVarint(writer, same);
  for (const rest of rests) writeVarint(writer, rest.length);
  for (const rest of rests) writeBytes(writer, rest);
};

const readRawTexts = (reader: ByteReader, count: number): TextTable => {
  const shared = Float64Array.from({ length: count }, () => readVarint(reader));
  const rests = Float64Array.from({ length: count }, () => readVarint(reader));
  const starts = new Uint32Array(count + 1);
  let end = 0;
  for (let i = 0; i < count; i++) {
    const before = i === 0 ? 0 : starts[i]! - starts[i - 1]!;
    assert(shared[i]! <= before && rests[i]! <= reader.bytes.length, 'a packed id lies within its bytes');
    end += shared[i]! + rests[i]!;
    starts[i + 1] = end;
  }
  const bytes = new Uint8Array(end);
  for (let i = 0; i < count; i++) {
    const start = starts[i]!;
    if (i > 0) bytes.copyWithin(start, starts[i - 1]!, starts[i - 1]! + shared[i]!);
    bytes.set(readBytes(reader, rests[i]!), start + shared[i]!);
  }
  return { bytes, starts };
};

export const writeIds = (writer: ByteWriter, events: readonly LoggedEvent[], eventTimes: Float64Array): void => {
  const { families, familyOf, words } = readIdsOf(events);
  writeVarint(writer, families.length);
  for (const { shape, prefix, width } of families) {
    writeByte(writer, idShapes.indexOf(shape));
    writeByte(writer, width);
    const bytes = utf8(prefix);
    writeVarint(writer, bytes.length);
    writeBytes(writer, bytes);
  }
  writeIndexes(writer, familyOf, families.length);
  const sortable = rowsOf(families, familyOf, ['ulid', 'ulid_lowercase']);
  writeSortableTimes(writer, sortable, words, eventTimes);
  writeWordBytes(writer, sortable, words, 6);
  const numbered = rowsOf(families, familyOf, ['number']);
  const numbers = new Float64Array(numbered.length);
  for (let i = 0; i < numbered.length; i++) numbers[i] = numberOf(words, numbered[i]!);
  writeIntegers(writer, numbers);
  writeWordBytes(writer, rowsOf(families, familyOf, ['uuid', 'hex']), words, 0);
  writeRawTexts(
    writer,
    Array.from(rowsOf(families, familyOf, ['raw']), (row) => events[row]!.id),
  );
};

export const readIds = (reader: ByteReader, eventTimes: Float64Array): IdColumn => {
  const count = eventTimes.length;
  const families = Array.from({ length: readCount(reader, count) }, (): IdFamily => {
    const shape = idShapes[readByte(reader)];
    assert(shape !== undefined, 'a packed id has a shape of the list');
    const width = readByte(reader);
    return { shape, width, prefix: fromUtf8(readBytes(reader, readVarint(reader))) };
  });
  const familyOf = readIndexes(reader, count, families.length);
  const words: IdWords = new Uint32Array(count * 4);
  const sortable = rowsOf(families, familyOf, ['ulid', 'ulid_lowercase']);
  readSortableTimes(reader, sortable, words, eventTimes);
  readWordBytes(reader, sortable, words, 6);
  const numbered = rowsOf(families, familyOf, ['number']);
  const numbers = readIntegers(reader, new Float64Array(numbered.length));
  for (let i = 0; i < numbered.length; i++) {
    words[numbered[i]! * 4 + 2] = Math.floor(numbers[i]! * 2 ** -32);
    words[numbered[i]! * 4 + 3] = numbers[i]!;
  }
  readWordBytes(reader, rowsOf(families, familyOf, ['uuid', 'hex']), words, 0);
  const rawRows = rowsOf(families, familyOf, ['raw']);
  for (let i = 0; i < rawRows.length; i++) words[rawRows[i]! * 4 + 3] = i;
  return { families, familyOf, words, raw: readRawTexts(reader, rawRows.length) };
};
