/**
 * Which meters the events of one layout feed, worked out once a layout of a piece
 * so that a row only looks up: its filters, and the quantity or text it gives.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- places come from the columns they index */
import type { Decimal } from '../money/decimal.ts';
import type { Meter } from './meter.ts';
import { isPlainQuantity, quantityOf } from './quantity.ts';
import { readPlainNumber, type PlainNumber } from './plain-number.ts';
import { textAt, textCount } from './text-table.ts';
import { type Field, type Layout, type NumberColumn, type TextColumn, valueAt } from './usage-columns.ts';

/** Quantities of a field: plain ones by mantissa and scale, wide ones apart, and −1 as the scale of what is none. */
export interface Quantities {
  readonly mantissas: Float64Array;
  readonly scales: Int8Array;
  readonly wide: ReadonlyMap<number, Decimal>;
  /** Where a place's quantity stands; undefined where at the place itself. */
  readonly placeOf: Uint16Array | undefined;
}

export const wideQuantity = -2;
export const noQuantity = -1;

/** How one meter reads the rows of one layout. */
export interface MeterReading {
  /** The meter's place in the scope. */
  readonly meter: number;
  readonly aggregation: Meter['aggregation'];
  readonly passes: readonly ((place: number) => boolean)[];
  /** Undefined where it needs none, or where the layout lacks the field. */
  readonly quantities: Quantities | undefined;
  readonly texts: TextColumn | NumberColumn | undefined;
}

const plainQuantities = ({ mantissas, scales }: NumberColumn): Quantities => {
  const wide = new Map<number, Decimal>();
  const allHold = scales.every((scale, place) => isPlainQuantity(mantissas[place]!, scale));
  // The same bytes: no scale is past 30.
  const signed = new Int8Array(scales.buffer, scales.byteOffset, scales.length);
  if (allHold) return { mantissas, scales: signed, wide, placeOf: undefined };
  const judged = Int8Array.from(scales, (scale, place) =>
    isPlainQuantity(mantissas[place]!, scale) ? scale : noQuantity,
  );
  return { mantissas, scales: judged, wide, placeOf: undefined };
};

const textQuantities = ({ texts, textOf }: TextColumn): Quantities => {
  const count = textCount(texts);
  const mantissas = new Float64Array(count);
  const scales = new Int8Array(count).fill(noQuantity);
  const wide = new Map<number, Decimal>();
  const number: PlainNumber = { mantissa: 0, scale: 0 };
  for (let place = 0; place < count; place++) {
    const text = textAt(texts, place);
    if (readPlainNumber(text, number)) {
      mantissas[place] = number.mantissa;
      if (isPlainQuantity(number.mantissa, number.scale)) scales[place] = number.scale;
      continue;
    }
    const value = quantityOf(text);
    if (value === undefined) continue;
    scales[place] = wideQuantity;
    wide.set(place, value);
  }
  return { mantissas, scales, wide, placeOf: textOf };
};

const filterOf = (values: Field['values'], allowed: readonly string[]): ((place: number) => boolean) => {
  if (values.kind === 'numbers') return (place) => allowed.includes(valueAt(values, place));
  const { texts, textOf } = values;
  const passes = Uint8Array.from({ length: textCount(texts) }, (_, text) =>
    allowed.includes(textAt(texts, text)) ? 1 : 0,
  );
  return (place) => passes[textOf[place]!] === 1;
};

/** The meters that may pick events of the layout; one whose filter names a field it lacks never does. */
export const meterPlan = (meters: readonly Meter[], { type, fields }: Layout): readonly MeterReading[] => {
  const valuesOf = (name: string): Field['values'] | undefined => fields.find((field) => field.name === name)?.values;
  const quantitiesOf = new Map<Field['values'], Quantities>();
  const known = (values: Field['values']): Quantities => {
    const quantities =
      quantitiesOf.get(values) ?? (values.kind === 'numbers' ? plainQuantities(values) : textQuantities(values));
    quantitiesOf.set(values, quantities);
    return quantities;
  };
  return meters.flatMap(({ eventType, aggregation, field, filter = {} }, meter): MeterReading[] => {
    if (eventType !== type) return [];
    const passes: ((place: number) => boolean)[] = [];
    for (const [name, allowed] of Object.entries(filter)) {
      const values = valuesOf(name);
      if (values === undefined) return [];
      passes.push(filterOf(values, allowed));
    }
    const values = field === undefined ? undefined : valuesOf(field);
    const needsQuantity = aggregation === 'sum' || aggregation === 'max' || aggregation === 'latest';
    return [
      {
        meter,
        aggregation,
        passes,
        quantities: needsQuantity && values !== undefined ? known(values) : undefined,
        texts: aggregation === 'unique_count' ? values : undefined,
      },
    ];
  });
};
