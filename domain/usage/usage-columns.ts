/**
 * Usage events as columns: one typed array a field instead of one object an event.
 * Events of the same type and the same field names share a layout, and each layout
 * holds the columns of its own fields; `placeOf` says where in them a row stands.
 * Everything that was sent can be read back exactly, a row at a time.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- places come from the columns that hold them */
import { present } from '../assert.ts';
import { eventIdText, type IdFamily } from './event-id.ts';
import { plainNumberText } from './plain-number.ts';
import { selectTexts, textAt, type TextTable } from './text-table.ts';

/** A usage event as the log keeps it: its subject is interned to the number of a usage point. */
export interface LoggedEvent {
  /** The usage point's number, 0 to 2^32 − 1. */
  readonly point: number;
  readonly source: string;
  readonly id: string;
  readonly type: string;
  /** Milliseconds since 1970 UTC. */
  readonly timeMs: number;
  readonly data: Readonly<Record<string, string>>;
}

/** Values that are all plain numbers: `mantissas[i] / 10^scales[i]`, `scales[i]` places written. */
export interface NumberColumn {
  readonly kind: 'numbers';
  readonly mantissas: Float64Array;
  readonly scales: Uint8Array;
}

export interface TextColumn {
  readonly kind: 'texts';
  readonly texts: TextTable;
  readonly textOf: Uint16Array;
}

export interface Field {
  readonly name: string;
  readonly values: NumberColumn | TextColumn;
}

export interface Layout {
  readonly type: string;
  /** Sorted by name. */
  readonly fields: readonly Field[];
}

export interface IdColumn {
  readonly families: readonly IdFamily[];
  readonly familyOf: Uint16Array;
  /** Four words a row. Of a raw id the last is its place in `raw` and the others are zero. */
  readonly words: Uint32Array;
  readonly raw: TextTable;
}

export interface UsageColumns {
  readonly count: number;
  readonly points: Uint32Array;
  readonly times: Float64Array;
  readonly sources: readonly string[];
  readonly sourceOf: Uint16Array;
  readonly layouts: readonly Layout[];
  readonly layoutOf: Uint16Array;
  readonly placeOf: Uint16Array;
  readonly ids: IdColumn;
}

export const idAt = ({ families, familyOf, words, raw }: IdColumn, row: number): string => {
  const family = families[familyOf[row]!]!;
  return family.shape === 'raw' ? textAt(raw, words[row * 4 + 3]!) : eventIdText(family, words, row * 4);
};

export const valueAt = (values: NumberColumn | TextColumn, place: number): string =>
  values.kind === 'numbers'
    ? plainNumberText(values.mantissas[place]!, values.scales[place]!)
    : textAt(values.texts, values.textOf[place]!);

export const sourceAt = (columns: UsageColumns, row: number): string =>
  present(columns.sources[columns.sourceOf[row]!], 'a row names a source of its columns');

const layoutAt = (columns: UsageColumns, row: number): Layout =>
  present(columns.layouts[columns.layoutOf[row]!], 'a row names a layout of its columns');

/** The event of one row, as it was logged; its data's names are sorted. */
export const eventAt = (columns: UsageColumns, row: number): LoggedEvent => {
  const { type, fields } = layoutAt(columns, row);
  const place = columns.placeOf[row]!;
  return {
    point: columns.points[row]!,
    source: sourceAt(columns, row),
    id: idAt(columns.ids, row),
    type,
    timeMs: columns.times[row]!,
    // fromEntries defines its names, so that a field called __proto__ is a field like any other.
    data: Object.fromEntries(fields.map(({ name, values }) => [name, valueAt(values, place)])),
  };
};

const selectValues = (values: NumberColumn | TextColumn, places: readonly number[]): NumberColumn | TextColumn => {
  if (values.kind === 'numbers') {
    const mantissas = Float64Array.from(places, (place) => values.mantissas[place]!);
    return { kind: 'numbers', mantissas, scales: Uint8Array.from(places, (place) => values.scales[place]!) };
  }
  const kept = new Map<number, number>();
  const textOf = Uint16Array.from(places, (place) => {
    const text = values.textOf[place]!;
    const known = kept.get(text) ?? kept.size;
    kept.set(text, known);
    return known;
  });
  return { kind: 'texts', texts: selectTexts(values.texts, [...kept.keys()]), textOf };
};

const selectIds = (ids: IdColumn, rows: ArrayLike<number>): IdColumn => {
  const words = new Uint32Array(rows.length * 4);
  const rawPlaces: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    words.set(ids.words.subarray(row * 4, row * 4 + 4), i * 4);
    if (ids.families[ids.familyOf[row]!]!.shape !== 'raw') continue;
    words[i * 4 + 3] = rawPlaces.length;
    rawPlaces.push(ids.words[row * 4 + 3]!);
  }
  const familyOf = Uint16Array.from(rows, (row) => ids.familyOf[row]!);
  return { families: ids.families, familyOf, words, raw: selectTexts(ids.raw, rawPlaces) };
};

/** Columns of their own with only the rows given, in that order; nothing of the others is held in memory. */
export const selectRows = (columns: UsageColumns, rows: ArrayLike<number>): UsageColumns => {
  const places: number[][] = columns.layouts.map(() => []);
  const placeOf = new Uint16Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const kept = places[columns.layoutOf[rows[i]!]!]!;
    placeOf[i] = kept.length;
    kept.push(columns.placeOf[rows[i]!]!);
  }
  return {
    count: rows.length,
    points: Uint32Array.from(rows, (row) => columns.points[row]!),
    times: Float64Array.from(rows, (row) => columns.times[row]!),
    sources: columns.sources,
    sourceOf: Uint16Array.from(rows, (row) => columns.sourceOf[row]!),
    layouts: columns.layouts.map(({ type, fields }, layout) => ({
      type,
      fields: fields.map(({ name, values }) => ({ name, values: selectValues(values, places[layout]!) })),
    })),
    layoutOf: Uint16Array.from(rows, (row) => columns.layoutOf[row]!),
    placeOf,
    ids: selectIds(columns.ids, rows),
  };
};
