/**
 * Reads what packed-usage.ts wrote back into columns, with no object an event: 4 to 6
 * million events a second of one core.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- places come from the lists that hold them */
import { refuse, type Refusal } from '../refusal.ts';
import { byteReader, finishReading, readByte, readCount } from './bytes.ts';
import { readIndexes } from './index-column.ts';
import { readIntegers } from './integer-column.ts';
import { readIds } from './pack-ids.ts';
import { readValues } from './pack-values.ts';
import { allTexts, readTexts } from './text-table.ts';
import type { Layout, UsageColumns } from './usage-columns.ts';

export type { UsageColumns } from './usage-columns.ts';

/** The version of the form, in its first byte. */
export const formatVersion = 1;

/** The most events of one packed request: a row's place is 16 bits wide. */
export const mostPackedEvents = 65_535;

/**
 * The columns of a packed request, or a refusal where a newer version wrote it: the
 * reader must then stop and not go on without those events. Texts are views of the
 * bytes given, which must not change afterwards. Damaged bytes are a bug.
 */
export const unpackUsage = (bytes: Uint8Array): UsageColumns | Refusal<'unknown_format'> => {
  const reader = byteReader(bytes);
  const version = readByte(reader);
  if (version !== formatVersion) {
    return refuse('unknown_format', `Usage is packed in form ${version}; this version reads form ${formatVersion}.`);
  }
  const count = readCount(reader, mostPackedEvents);
  const times = readIntegers(reader, new Float64Array(count));
  const points = readIntegers(reader, new Uint32Array(count));
  const sources = allTexts(readTexts(reader));
  const sourceOf = readIndexes(reader, count, sources.length);

  const types = allTexts(readTexts(reader));
  const names = types.map(() => allTexts(readTexts(reader)));
  const layoutOf = readIndexes(reader, count, types.length);
  const rowCounts = new Uint32Array(types.length);
  const placeOf = new Uint16Array(count);
  for (let row = 0; row < count; row++) placeOf[row] = rowCounts[layoutOf[row]!]!++;
  const layouts = types.map((type, layout): Layout => ({
    type,
    fields: names[layout]!.map((name) => ({ name, values: readValues(reader, rowCounts[layout]!) })),
  }));
  const ids = readIds(reader, times);
  finishReading(reader);
  return { count, points, times, sources, sourceOf, layouts, layoutOf, placeOf, ids };
};
