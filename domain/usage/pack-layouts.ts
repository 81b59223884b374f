/**
 * Sorts the events of one request into layouts: events of the same type whose data
 * lists the same names, with one column of texts a name. Each event's data is walked
 * once, name by name, which V8 does without an array an event or a look-up a name.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- places come from the lists that hold them */
import type { LoggedEvent } from './usage-columns.ts';

export interface PackedLayout {
  readonly type: string;
  /** As the events list them, which need not be sorted. */
  readonly names: readonly string[];
  /** Of each name, the texts of the layout's events in their order. */
  readonly columns: readonly string[][];
}

export interface PackedLayouts {
  readonly layouts: readonly PackedLayout[];
  readonly layoutOf: Uint16Array;
}

const hasNames = (data: LoggedEvent['data'], names: readonly string[]): boolean => {
  let count = 0;
  for (const name in data) if (name !== names[count++]) return false;
  return count === names.length;
};

export const packLayouts = (events: readonly LoggedEvent[]): PackedLayouts => {
  const layouts: PackedLayout[] = [];
  const byType = new Map<string, number[]>();
  const layoutOf = new Uint16Array(events.length);

  const place = ({ type, data }: LoggedEvent): number => {
    const known = byType.get(type) ?? [];
    for (const layout of known) if (hasNames(data, layouts[layout]!.names)) return layout;
    const names = Object.keys(data);
    byType.set(type, [...known, layouts.length]);
    return layouts.push({ type, names, columns: names.map(() => []) }) - 1;
  };

  for (let row = 0; row < events.length; row++) {
    const event = events[row]!;
    const layout = place(event);
    layoutOf[row] = layout;
    const { columns } = layouts[layout]!;
    let column = 0;
    for (const name in event.data) columns[column++]!.push(event.data[name]!);
  }
  return { layouts, layoutOf };
};
