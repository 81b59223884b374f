/**
 * Feeds one event into every meter that picks it, for the target it belongs to, or
 * says why it cannot: no meter picks it, or one that does finds no quantity in it.
 * Then it feeds none at all, so that an event is either rated or set aside, whole.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- places come from the columns they index */
import { columnsOf, type DistinctEvents, fingerprintEntry } from './distinct-events.ts';
import type { Fingerprint } from './fingerprint.ts';
import { type MeterReading, meterPlan, noQuantity, wideQuantity } from './meter-plan.ts';
import {
  addToSum,
  countEvent,
  followTo,
  meetText,
  type MeterTotals,
  meterTotals,
  type QuantityRead,
  raiseTo,
} from './meter-totals.ts';
import type { Meter } from './meter.ts';
import { idAt, sourceAt, type UsageColumns, valueAt } from './usage-columns.ts';
import type { ScopeIndex } from './usage-scope.ts';

export interface MeterFeed {
  readonly meters: readonly Meter[];
  readonly isPriced: ScopeIndex['isPriced'];
  /** The slot of a target's meter: its target's place × meters + its own. */
  readonly totals: MeterTotals;
  /** Entries come block by block, so the plans of one block's layouts are all that need be known. */
  planned: UsageColumns | undefined;
  plans: readonly (readonly MeterReading[])[];
  /** Written over for each event: emptying it would make a new array of it each time. */
  readonly picked: MeterReading[];
  readonly value: QuantityRead;
  readonly body: Fingerprint;
}

export const meterFeed = (meters: readonly Meter[], { targets, isPriced }: ScopeIndex): MeterFeed => ({
  meters,
  isPriced,
  totals: meterTotals(targets.length * meters.length),
  planned: undefined,
  plans: [],
  picked: [],
  value: { mantissa: 0, scale: 0, wide: undefined },
  body: new Uint32Array(4),
});

const planOf = (feed: MeterFeed, columns: UsageColumns, row: number): readonly MeterReading[] => {
  if (columns !== feed.planned) {
    feed.planned = columns;
    feed.plans = columns.layouts.map((layout) => meterPlan(feed.meters, layout));
  }
  return feed.plans[columns.layoutOf[row]!]!;
};

const isPicked = ({ passes }: MeterReading, place: number): boolean => {
  for (const pass of passes) if (!pass(place)) return false;
  return true;
};

const needsQuantity = ({ aggregation }: MeterReading): boolean =>
  aggregation !== 'count' && aggregation !== 'unique_count';

/** Reads the quantity the meter needs into `value`; false where there is none. */
const readQuantity = ({ quantities }: MeterReading, place: number, value: QuantityRead): boolean => {
  if (quantities === undefined) return false;
  const at = quantities.placeOf === undefined ? place : quantities.placeOf[place]!;
  const scale = quantities.scales[at]!;
  value.mantissa = quantities.mantissas[at]!;
  value.scale = scale;
  value.wide = scale === wideQuantity ? quantities.wide.get(at) : undefined;
  return scale !== noQuantity;
};

/** Made in a function of its own: V8 would put what it keeps on the heap for every event, whatever the meter. */
const identityAt = (columns: UsageColumns, row: number) => () =>
  [sourceAt(columns, row), idAt(columns.ids, row)] as const;

const feedOne = (feed: MeterFeed, reading: MeterReading, slot: number, columns: UsageColumns, row: number): void => {
  const { totals, value } = feed;
  const place = columns.placeOf[row]!;
  countEvent(totals, slot, feed.body);
  switch (reading.aggregation) {
    case 'count':
      return;
    case 'unique_count': {
      const text = reading.texts === undefined ? '' : valueAt(reading.texts, place);
      if (text !== '') meetText(totals, slot, text);
      return;
    }
    case 'sum':
      readQuantity(reading, place, value);
      addToSum(totals, slot, value);
      return;
    case 'max':
      readQuantity(reading, place, value);
      raiseTo(totals, slot, value);
      return;
    case 'latest':
      readQuantity(reading, place, value);
      followTo(totals, slot, { timeMs: columns.times[row]!, identity: identityAt(columns, row), value });
  }
};

export const feedMeters = (
  feed: MeterFeed,
  events: DistinctEvents,
  entry: number,
  target: number,
): 'rated' | 'unknown_meter' | 'bad_quantity' => {
  const columns = columnsOf(events, entry);
  const row = events.rowOf[entry]!;
  const place = columns.placeOf[row]!;
  const { picked } = feed;
  let count = 0;
  let isKnown = false;
  let isWhole = true;
  for (const reading of planOf(feed, columns, row)) {
    if (!isPicked(reading, place)) continue;
    isKnown = true;
    if (!needsQuantity(reading) || readQuantity(reading, place, feed.value)) picked[count++] = reading;
    else if (feed.isPriced(target, reading.meter)) isWhole = false;
  }
  if (!isKnown) return 'unknown_meter';
  if (!isWhole || count === 0) return 'bad_quantity';
  fingerprintEntry(events, entry, feed.body);
  const firstSlot = target * feed.meters.length;
  for (let i = 0; i < count; i++) feedOne(feed, picked[i]!, firstSlot + picked[i]!.meter, columns, row);
  return 'rated';
};
