/**
 * One field's values in bytes: a short dictionary where few texts recur, plain
 * numbers where all are numbers, and texts one after another where neither holds.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- the loops keep within their columns */
import { readByte, readVarint, writeByte, writeVarint, type ByteReader, type ByteWriter } from './bytes.ts';
import { readIndexes, writeIndexes } from './index-column.ts';
import { readIntegers, writeIntegers } from './integer-column.ts';
import { readPlainNumber, type PlainNumber } from './plain-number.ts';
import { readTexts, textCount, writeTexts } from './text-table.ts';
import type { NumberColumn, TextColumn } from './usage-columns.ts';

const dictionary = 0;
const numbers = 1;
const texts = 2;

interface Dictionary {
  readonly texts: string[];
  readonly textOf: Uint16Array;
}

/** The dictionary of the values, or undefined once it has grown past what would pay. */
const dictionaryOf = (values: readonly string[], mostTexts: number): Dictionary | undefined => {
  const places = new Map<string, number>();
  const textOf = new Uint16Array(values.length);
  let previous: string | undefined;
  let place = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== previous) {
      previous = value;
      const known = places.get(value);
      place = known ?? places.size;
      if (known === undefined) {
        if (place >= mostTexts) return undefined;
        places.set(value, place);
      }
    }
    textOf[i] = place;
  }
  return { texts: [...places.keys()], textOf };
};

const numbersOf = (values: readonly string[]): NumberColumn | undefined => {
  const mantissas = new Float64Array(values.length);
  const scales = new Uint8Array(values.length);
  const number: PlainNumber = { mantissa: 0, scale: 0 };
  for (let i = 0; i < values.length; i++) {
    if (!readPlainNumber(values[i]!, number)) return undefined;
    mantissas[i] = number.mantissa;
    scales[i] = number.scale;
  }
  return { kind: 'numbers', mantissas, scales };
};

const writeDictionary = (writer: ByteWriter, { texts, textOf }: Dictionary): void => {
  writeByte(writer, dictionary);
  writeTexts(writer, texts);
  writeIndexes(writer, textOf, texts.length);
};

const writeNumbers = (writer: ByteWriter, { mantissas, scales }: NumberColumn): void => {
  writeByte(writer, numbers);
  const known: number[] = [];
  const scaleOf = new Uint16Array(scales.length);
  for (let i = 0; i < scales.length; i++) {
    let place = known.indexOf(scales[i]!);
    if (place < 0) place = known.push(scales[i]!) - 1;
    scaleOf[i] = place;
  }
  writeVarint(writer, known.length);
  for (const scale of known) writeByte(writer, scale);
  writeIndexes(writer, scaleOf, known.length);
  writeIntegers(writer, mantissas);
};

const writeTextsInOrder = (writer: ByteWriter, values: readonly string[]): void => {
  writeByte(writer, texts);
  writeTexts(writer, values);
};

export const writeValues = (writer: ByteWriter, values: readonly string[]): void => {
  const few = dictionaryOf(values, Math.min(16, Math.ceil(values.length / 4)));
  const plain = few === undefined ? numbersOf(values) : undefined;
  const many = few ?? (plain === undefined ? dictionaryOf(values, Math.ceil(values.length / 2)) : undefined);
  if (plain !== undefined) writeNumbers(writer, plain);
  else if (many !== undefined) writeDictionary(writer, many);
  else writeTextsInOrder(writer, values);
};

export const readValues = (reader: ByteReader, count: number): NumberColumn | TextColumn => {
  const kind = readByte(reader);
  if (kind === numbers) {
    const known = Uint8Array.from({ length: readVarint(reader) & 255 }, () => readByte(reader));
    const scaleOf = readIndexes(reader, count, known.length);
    const scales = new Uint8Array(count);
    for (let i = 0; i < count; i++) scales[i] = known[scaleOf[i]!]!;
    return { kind: 'numbers', mantissas: readIntegers(reader, new Float64Array(count)), scales };
  }
  const table = readTexts(reader);
  const textOf =
    kind === dictionary
      ? readIndexes(reader, count, textCount(table))
      : Uint16Array.from({ length: count }, (_, i) => i);
  return { kind: 'texts', texts: table, textOf };
};
