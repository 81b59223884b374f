/**
 * The body of a logged event as a fingerprint: point, source, id, type, time and
 * every field's exact text, however the piece it came in was packed. Equal bodies
 * have equal fingerprints wherever they stand.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- places come from the columns they index */
import { fingerprintBytes, mixWords, type Fingerprint } from './fingerprint.ts';
import { idNamespaces, type IdNamespaces } from './id-namespaces.ts';
import { readPlainNumber, type PlainNumber } from './plain-number.ts';
import { textAt, textCount, utf8 } from './text-table.ts';
import type { NumberColumn, TextColumn, UsageColumns } from './usage-columns.ts';

interface FieldWords {
  readonly values: NumberColumn | TextColumn;
  /** Four words a text of the column; none of a column of numbers, which are words as they are. */
  readonly ofTexts: Uint32Array;
}

/** Columns with what their bodies share worked out once. */
export interface BodyColumns {
  readonly columns: UsageColumns;
  readonly namespaces: IdNamespaces;
  /** Four words each. */
  readonly ofNamespaces: Uint32Array;
  readonly ofLayouts: Uint32Array;
  readonly fields: readonly (readonly FieldWords[])[];
  /** Where a body's words are laid out: eight, and four a field. */
  readonly words: Uint32Array;
}

/** Fingerprints of many texts, four words each. */
const textFingerprints = (texts: readonly string[]): Uint32Array => {
  const words = new Uint32Array(texts.length * 4);
  texts.forEach((text, i) => {
    const bytes = utf8(text);
    fingerprintBytes(bytes, 0, bytes.length, words, i * 4);
  });
  return words;
};

/** Says "a plain number": no fingerprint of a text is told from one by chance more often than any other. */
const plainNumberMark = 0x6e756d21;

const writeNumber = (mantissa: number, scale: number, words: Uint32Array, at: number): void => {
  // Storing to 32 bits keeps a number modulo 2^32.
  words[at] = mantissa;
  words[at + 1] = Math.floor(mantissa * 2 ** -32);
  words[at + 2] = scale;
  words[at + 3] = plainNumberMark;
};

/** Each text as four words: a plain number as itself, since another piece may hold it in a column of numbers. */
const valueWords = ({ texts }: TextColumn): Uint32Array => {
  const words = new Uint32Array(textCount(texts) * 4);
  const number: PlainNumber = { mantissa: 0, scale: 0 };
  for (let place = 0; place < textCount(texts); place++) {
    if (readPlainNumber(textAt(texts, place), number)) writeNumber(number.mantissa, number.scale, words, place * 4);
    else fingerprintBytes(texts.bytes, texts.starts[place]!, texts.starts[place + 1]!, words, place * 4);
  }
  return words;
};

const noWords = new Uint32Array(0);

export const bodyColumns = (columns: UsageColumns): BodyColumns => {
  const namespaces = idNamespaces(columns);
  const { layouts } = columns;
  const mostFields = layouts.reduce((most, { fields }) => Math.max(most, fields.length), 0);
  return {
    columns,
    namespaces,
    ofNamespaces: textFingerprints(namespaces.keys),
    ofLayouts: textFingerprints(
      layouts.map(({ type, fields }) => JSON.stringify([type, ...fields.map(({ name }) => name)])),
    ),
    fields: layouts.map(({ fields }) =>
      fields.map(({ values }) => ({ values, ofTexts: values.kind === 'texts' ? valueWords(values) : noWords })),
    ),
    words: new Uint32Array(8 + mostFields * 4),
  };
};

const writeField = ({ values, ofTexts }: FieldWords, place: number, words: Uint32Array, at: number): void => {
  if (values.kind === 'numbers') {
    writeNumber(values.mantissas[place]!, values.scales[place]!, words, at);
    return;
  }
  const from = values.textOf[place]! * 4;
  words[at] = ofTexts[from]!;
  words[at + 1] = ofTexts[from + 1]!;
  words[at + 2] = ofTexts[from + 2]!;
  words[at + 3] = ofTexts[from + 3]!;
};

/** Writes the fingerprint of the row's body to the first four words of `into`. */
export const fingerprintBody = (body: BodyColumns, row: number, into: Fingerprint): void => {
  const { columns, namespaces, ofNamespaces, ofLayouts, words } = body;
  const { ids } = columns;
  const namespace = namespaces.namespaceOf[row]! * 4;
  const layout = columns.layoutOf[row]!;
  for (let word = 0; word < 4; word++) {
    into[word] = ofNamespaces[namespace + word]! + Math.imul(ofLayouts[layout * 4 + word]!, 5);
    words[word] = ids.words[row * 4 + word]!;
  }
  if (ids.families[ids.familyOf[row]!]!.shape === 'raw') {
    const text = ids.words[row * 4 + 3]!;
    fingerprintBytes(ids.raw.bytes, ids.raw.starts[text]!, ids.raw.starts[text + 1]!, words, 0);
  }
  const time = columns.times[row]!;
  words[4] = columns.points[row]!;
  words[5] = time;
  words[6] = Math.floor(time * 2 ** -32);
  words[7] = 0;
  const place = columns.placeOf[row]!;
  const fields = body.fields[layout]!;
  for (let field = 0; field < fields.length; field++) writeField(fields[field]!, place, words, 8 + field * 4);
  const count = 8 + fields.length * 4;
  mixWords(words, count, into, 0, count * 4);
};
