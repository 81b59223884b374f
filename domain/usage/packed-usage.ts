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
import { byteWriter, writeByte, writeVarint, type ByteWriter } from './bytes.ts';
import { writeIndexes } from './index-column.ts';
import { writeIntegers } from './integer-column.ts';
import { writeIds } from './pack-ids.ts';
import { packLayouts, type PackedLayout } from './pack-layouts.ts';
import { writeValues } from './pack-values.ts';
import { writeTexts } from './text-table.ts';
import { formatVersion, mostPackedEvents } from './unpack-usage.ts';
import type { LoggedEvent } from './usage-columns.ts';

export { mostPackedEvents, unpackUsage } from './unpack-usage.ts';
export type { LoggedEvent, UsageColumns } from './usage-columns.ts';

interface Sources {
  readonly distinct: readonly string[];
  readonly sourceOf: Uint16Array;
}

const sourcesOf = (events: readonly LoggedEvent[]): Sources => {
  const places = new Map<string, number>();
  const sourceOf = new Uint16Array(events.length);
  let last: string | undefined;
  let place = 0;
  for (let row = 0; row < events.length; row++) {
    const { source } = events[row]!;
    if (source !== last) {
      last = source;
      place = places.get(source) ?? places.size;
      places.set(source, place);
    }
    sourceOf[row] = place;
  }
  return { distinct: [...places.keys()], sourceOf };
};

const writeLayout = (writer: ByteWriter, { names, columns }: PackedLayout): void => {
  for (const name of names.toSorted()) writeValues(writer, columns[names.indexOf(name)]!);
};

export const packUsage = (events: readonly LoggedEvent[]): Uint8Array => {
  assert(events.length <= mostPackedEvents, `one packed request holds at most ${mostPackedEvents} events`);
  const times = new Float64Array(events.length);
  const points = new Float64Array(events.length);
  for (let row = 0; row < events.length; row++) {
    times[row] = events[row]!.timeMs;
    points[row] = events[row]!.point;
  }
  const writer = byteWriter(events.length * 32 + 1024);
  writeByte(writer, formatVersion);
  writeVarint(writer, events.length);
  writeIntegers(writer, times);
  writeIntegers(writer, points);
  const { distinct, sourceOf } = sourcesOf(events);
  writeTexts(writer, distinct);
  writeIndexes(writer, sourceOf, distinct.length);

  const { layouts, layoutOf } = packLayouts(events);
  writeTexts(
    writer,
    layouts.map(({ type }) => type),
  );
  for (const { names } of layouts) writeTexts(writer, names.toSorted());
  writeIndexes(writer, layoutOf, layouts.length);
  for (const layout of layouts) writeLayout(writer, layout);
  writeIds(writer, events, times);
  return writer.bytes.subarray(0, writer.length);
};
