/**
 * The form in which the usage log keeps the events of one request: columns of few
 * bytes, laid out so that deflate finds what repeats (about 15 bytes an event at a
 * thousand a request). The first byte is the version of the form. What is packed
 * comes back letter for letter: `1.50` does not become `1.5`, for whether two bodies
 * of one identity are the same is told by their exact texts. A blind retry sends its
 * texts again as they were; one that says it otherwise was made anew, and a person
 * should see it.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- places come from the lists that hold them */
import { assert } from '../assert.ts';
import { byteWriter, writeByte, writeVarint } from './bytes.ts';
import { writeIndexes } from './index-column.ts';
import { writeIntegers } from './integer-column.ts';
import { writeIds } from './pack-ids.ts';
import { writeValues } from './pack-values.ts';
import { writeTexts } from './text-table.ts';
import { formatVersion, mostPackedEvents } from './unpack-usage.ts';
import type { LoggedEvent } from './usage-columns.ts';

export { mostPackedEvents, unpackUsage } from './unpack-usage.ts';
export type { LoggedEvent, UsageColumns } from './usage-columns.ts';

interface LayoutRows {
  readonly type: string;
  /** As the events list them, which need not be sorted. */
  readonly names: readonly string[];
  readonly rows: number[];
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

const layoutsOf = (events: readonly LoggedEvent[]): { layouts: LayoutRows[]; layoutOf: Uint16Array } => {
  const layouts: LayoutRows[] = [];
  const byType = new Map<string, number[]>();
  const layoutOf = new Uint16Array(events.length);
  events.forEach(({ type, data }, row) => {
    const names = Object.keys(data);
    const known = byType.get(type) ?? [];
    let layout = known.find((place) => sameNames(layouts[place]!.names, names));
    if (layout === undefined) {
      layout = layouts.length;
      layouts.push({ type, names, rows: [] });
      byType.set(type, [...known, layout]);
    }
    layouts[layout]!.rows.push(row);
    layoutOf[row] = layout;
  });
  return { layouts, layoutOf };
};

const placesOf = (texts: readonly string[]): { distinct: string[]; placeOf: Uint16Array } => {
  const places = new Map<string, number>();
  const placeOf = Uint16Array.from(texts, (text) => {
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  });
  return { distinct: [...places.keys()], placeOf };
};

export const packUsage = (events: readonly LoggedEvent[]): Uint8Array => {
  assert(events.length <= mostPackedEvents, `one packed request holds at most ${mostPackedEvents} events`);
  const writer = byteWriter(events.length * 48 + 1024);
  writeByte(writer, formatVersion);
  writeVarint(writer, events.length);
  writeIntegers(
    writer,
    Float64Array.from(events, ({ timeMs }) => timeMs),
  );
  writeIntegers(
    writer,
    Float64Array.from(events, ({ point }) => point),
  );
  const sources = placesOf(events.map(({ source }) => source));
  writeTexts(writer, sources.distinct);
  writeIndexes(writer, sources.placeOf, sources.distinct.length);

  const { layouts, layoutOf } = layoutsOf(events);
  writeTexts(
    writer,
    layouts.map(({ type }) => type),
  );
  for (const { names } of layouts) writeTexts(writer, [...names].sort());
  writeIndexes(writer, layoutOf, layouts.length);
  for (const { names, rows } of layouts) {
    for (const name of [...names].sort())
      writeValues(
        writer,
        rows.map((row) => events[row]!.data[name]!),
      );
  }
  writeIds(writer, events);
  return writer.bytes.slice(0, writer.length);
};
