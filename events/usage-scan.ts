/**
 * The fast path of the usage door: reads and checks one event in a single pass over
 * the text, making no objects but the event. It knows only events as nearly everybody
 * sends them; whatever is unusual, let alone wrong, it leaves to usage-json.ts and
 * usage.ts, which alone can refuse. What it takes they take too, with the same event:
 * a test holds them to that.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- the units end with a zero, which stops every loop */
import { isPlainQuantity } from '#domain/usage/quantity.ts';
import { reservedNames, typePattern, usageLimits } from '#domain/usage/event-names.ts';
import { type PlainNumber, readPlainNumber } from '#domain/usage/plain-number.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import { type EventWindow, quantityFields } from './usage.ts';
import { usageFieldOrder } from './usage-field-order.ts';
import {
  keyUnits,
  type Known,
  learn,
  next,
  noRecent,
  passes,
  passesKey,
  passesKnown,
  plainText,
  quote,
  sharedText,
  type TextScan,
  unitsOf,
} from './usage-scan-text.ts';
import { scanTime, type TimeScan, timeScan } from './usage-scan-time.ts';

const comma = 44;
const minus = 45;
const zero = 48;
const colon = 58;
const openBrace = 123;
const closeBrace = 125;
/** The longest run of digits that is always a safe integer. */
const mostDigits = 15;

const keys = {
  id: keyUnits('"id":'),
  source: keyUnits('"source":'),
  subject: keyUnits('"subject":'),
  type: keyUnits('"type":'),
  time: keyUnits('"time":'),
  data: keyUnits('"data":'),
  version: keyUnits('"specversion":"1.0"'),
  contentType: keyUnits('"datacontenttype":"application/json"'),
};

const words = { true: keyUnits('true'), false: keyUnits('false') };

/** A type that events of the request have, and the fields that the last of them had. */
interface KnownType extends Known {
  readonly names: Known[];
  /** Places of `names` in sorted order, as long as those are the names of the last event; of no event, where it is empty. */
  order: readonly number[];
}

/** Where the scan of one request stands, and what it has learned. Plain functions over one record are what V8 makes fast. */
export interface EventScan extends TextScan {
  readonly window: EventWindow;
  readonly times: TimeScan;
  readonly source: Known;
  /** Of the types that a request has, the first few. */
  readonly types: KnownType[];
  type: KnownType;
  readonly values: string[];
  readonly number: PlainNumber;
}

const mostTypes = 8;
const newType = (): KnownType => ({ text: '', from: 0, names: [], order: [] });

export const eventScan = (text: string, window: EventWindow, isAscii = false): EventScan => ({
  text,
  window,
  units: unitsOf(text, isAscii),
  at: 0,
  recent: noRecent(),
  times: timeScan(window),
  source: { text: '', from: 0 },
  types: [],
  type: newType(),
  values: [],
  number: { mantissa: 0, scale: 0 },
});

const isAnyText = (): boolean => true;
const isType = (text: string): boolean => typePattern.test(text);
const isFreeName = (text: string): boolean => !reservedNames.has(text);

const scanSource = (scan: EventScan): boolean =>
  passesKnown(scan, scan.source) || learn(scan, scan.source, usageLimits.name, isAnyText);

const scanType = (scan: EventScan): boolean => {
  const { types } = scan;
  for (let i = 0; i < types.length; i++) {
    if (!passesKnown(scan, types[i]!)) continue;
    scan.type = types[i]!;
    return true;
  }
  const type = newType();
  if (!learn(scan, type, usageLimits.name, isType)) return false;
  if (types.length < mostTypes) types.push(type);
  scan.type = type;
  return true;
};

/** A whole number as its text, if it is written without fraction or exponent. */
const wholeNumber = (scan: EventScan): string | undefined => {
  const { units } = scan;
  const from = scan.at;
  const first = units[from] === minus ? from + 1 : from;
  let to = first;
  while (units[to]! >= zero && units[to]! <= zero + 9) to++;
  const isPlain = units[first] !== zero || (to === first + 1 && first === from);
  const end = units[to]!;
  // What ends a number here is a comma, a brace or a blank; a point or an exponent is not for this path.
  const ends = end === comma || end === closeBrace || end <= 32;
  scan.at = to;
  return to > first && to - first <= mostDigits && isPlain && ends ? scan.text.slice(from, to) : undefined;
};

const fieldValue = (scan: EventScan): string | undefined => {
  const opening = next(scan);
  if (opening === quote) return sharedText(scan, 0, usageLimits.value);
  if (opening === minus || (opening >= zero && opening <= zero + 9)) return wholeNumber(scan);
  return passesKey(scan, words.true) ? 'true' : passesKey(scan, words.false) ? 'false' : undefined;
};

const isQuantity = (scan: EventScan, value: string): boolean =>
  readPlainNumber(value, scan.number) && isPlainQuantity(scan.number.mantissa, scan.number.scale);

/** Reads the next name into its place; false where it is not for this path. */
const scanName = (scan: EventScan, name: Known): boolean => {
  if (passesKnown(scan, name)) return true;
  scan.type.order = [];
  return learn(scan, name, usageLimits.fieldName, isFreeName);
};

const scanData = (scan: EventScan): UsageEvent['data'] | undefined => {
  if (!passes(scan, openBrace)) return undefined;
  if (passes(scan, closeBrace)) return {};
  const { type, values } = scan;
  const { names } = type;
  let count = 0;
  do {
    if (count === usageLimits.fields) return undefined;
    const name = (names[count] ??= { text: '', from: 0 });
    if (!scanName(scan, name) || !passes(scan, colon)) return undefined;
    const value = fieldValue(scan);
    if (value === undefined) return undefined;
    if ((name.text === quantityFields[0] || name.text === quantityFields[1]) && !isQuantity(scan, value))
      return undefined;
    values[count++] = value;
  } while (passes(scan, comma));
  if (!passes(scan, closeBrace)) return undefined;
  if (type.order.length !== count) type.order = usageFieldOrder(names.slice(0, count).map((name) => name.text));
  const { order } = type;
  // Empty here: a name stands twice.
  if (order.length === 0) return undefined;
  const data: Record<string, string> = {};
  for (let i = 0; i < count; i++) {
    const place = order[i]!;
    data[names[place]!.text] = values[place]!;
  }
  return data;
};

/** The event that begins at `from`, or undefined where it is not for this path. */
export const scanEvent = (scan: EventScan, from: number): UsageEvent | undefined => {
  scan.at = from;
  let id: string | undefined;
  let subject: string | undefined;
  let time: UsageEvent['time'] | undefined;
  let data: UsageEvent['data'] | undefined;
  let hasSource = false;
  let hasType = false;
  let hasVersion = false;
  let hasContentType = false;
  if (!passes(scan, openBrace)) return undefined;
  do {
    if (next(scan) !== quote) return undefined;
    // A key that comes twice is not for this path, nor is one whose value is not plain.
    if (id === undefined && passesKey(scan, keys.id)) {
      if ((id = plainText(scan, 1, usageLimits.name)) === undefined) return undefined;
    } else if (!hasSource && passesKey(scan, keys.source)) {
      if (!(hasSource = scanSource(scan))) return undefined;
    } else if (!hasType && passesKey(scan, keys.type)) {
      if (!(hasType = scanType(scan))) return undefined;
    } else if (subject === undefined && passesKey(scan, keys.subject)) {
      if ((subject = sharedText(scan, 1, usageLimits.name)) === undefined) return undefined;
    } else if (time === undefined && passesKey(scan, keys.time)) {
      if ((time = scanTime(scan, scan.times)) === undefined) return undefined;
    } else if (data === undefined && passesKey(scan, keys.data)) {
      if ((data = scanData(scan)) === undefined) return undefined;
    } else if (!hasVersion && passesKey(scan, keys.version)) hasVersion = true;
    else if (!hasContentType && passesKey(scan, keys.contentType)) hasContentType = true;
    else return undefined;
  } while (passes(scan, comma));
  if (!passes(scan, closeBrace) || !hasSource || !hasType) return undefined;
  if (id === undefined || subject === undefined || time === undefined) return undefined;
  return { id, source: scan.source.text, type: scan.type.text, subject, time, data: data ?? {} };
};
