/**
 * The fast path of the usage door: reads and checks one event in a single pass over
 * the text, making no objects but the event. It knows only events as nearly everybody
 * sends them; whatever is unusual, let alone wrong, it leaves to usage-json.ts and
 * usage.ts, which alone can refuse. What it takes they take too, with the same event:
 * a test holds them to that.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- the units end with a zero, which stops every loop */
import { Buffer } from 'node:buffer';
import { isPlainQuantity } from '#domain/usage/quantity.ts';
import { reservedNames, typePattern, usageLimits } from '#domain/usage/event-names.ts';
import { type PlainNumber, readPlainNumber } from '#domain/usage/plain-number.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import { parseInstant } from '#domain/time/instant.ts';
import { type EventWindow, quantityFields } from './usage.ts';
import { usageFieldOrder } from './usage-field-order.ts';

/** The text's UTF-16 units, which a loop reads faster than a string, and a zero; bytes where it is all ASCII. */
const unitsOf = (text: string): Uint8Array | Uint16Array => {
  const isAscii = Buffer.byteLength(text, 'utf8') === text.length;
  const units = isAscii ? new Uint8Array(text.length + 1) : new Uint16Array(text.length + 1);
  Buffer.from(units.buffer).write(text, isAscii ? 'latin1' : 'utf16le');
  return units;
};

const quote = 34;
const comma = 44;
const minus = 45;
const zero = 48;
const colon = 58;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
/** The longest run of digits that is always a safe integer. */
const mostDigits = 15;

const keys = {
  id: unitsOf('"id":'),
  source: unitsOf('"source":'),
  subject: unitsOf('"subject":'),
  type: unitsOf('"type":'),
  time: unitsOf('"time":'),
  data: unitsOf('"data":'),
  version: unitsOf('"specversion":"1.0"'),
  contentType: unitsOf('"datacontenttype":"application/json"'),
};

const words = { true: unitsOf('true'), false: unitsOf('false') };

/** A text read before and where it stood: events of a request mostly share source, type and names of fields. */
interface Known {
  text: string;
  from: number;
}

/** Where the scan of one request stands, and what it has learned. Plain functions over one record are what V8 makes fast. */
export interface EventScan {
  readonly text: string;
  readonly units: Uint8Array | Uint16Array;
  readonly window: EventWindow;
  /** After a scan that took an event: just behind it. */
  at: number;
  readonly source: Known;
  readonly type: Known;
  readonly names: Known[];
  readonly values: string[];
  /** Places of `names` in sorted order, as long as those are the names of the last event; of no event, where it is empty. */
  order: readonly number[];
  readonly number: PlainNumber;
}

export const eventScan = (text: string, window: EventWindow): EventScan => ({
  text,
  units: unitsOf(text),
  window,
  at: 0,
  source: { text: '', from: 0 },
  type: { text: '', from: 0 },
  names: [],
  values: [],
  order: [],
  number: { mantissa: 0, scale: 0 },
});

/** The unit of the next place that is no blank. */
const next = (scan: EventScan): number => {
  const { units } = scan;
  let unit = units[scan.at]!;
  while (unit === 32 || unit === 10 || unit === 13 || unit === 9) unit = units[++scan.at]!;
  return unit;
};

const passes = (scan: EventScan, mark: number): boolean => {
  if (next(scan) !== mark) return false;
  scan.at++;
  return true;
};

/** Moves past the key where it stands here; one with blanks before its colon is for the plain path. */
const passesKey = (scan: EventScan, key: Uint8Array | Uint16Array): boolean => {
  const { units, at } = scan;
  const length = key.length - 1;
  for (let i = 0; i < length; i++) if (units[at + i] !== key[i]) return false;
  scan.at = at + length;
  return true;
};

/** The text whose quote opens here, if it has no escape, no control character and is within the limits. */
const plainText = (scan: EventScan, least: number, most: number): string | undefined => {
  if (next(scan) !== quote) return undefined;
  const { units } = scan;
  const from = scan.at + 1;
  let to = from;
  for (let unit = units[to]!; unit !== quote; unit = units[++to]!) {
    if (unit < 32 || unit === backslash || (unit >= 127 && unit < 160)) return undefined;
  }
  scan.at = to + 1;
  return to - from < least || to - from > most ? undefined : scan.text.slice(from, to);
};

/** Whether the text that stands here is the known one; moves past it if so. */
const passesKnown = (scan: EventScan, known: Known): boolean => {
  if (next(scan) !== quote) return false;
  const { units } = scan;
  const { length } = known.text;
  const from = scan.at + 1;
  if (length === 0 || units[from + length] !== quote) return false;
  for (let i = 0; i < length; i++) if (units[from + i] !== units[known.from + i]) return false;
  scan.at = from + length + 1;
  return true;
};

/** Whether the text that stands here passes the judgement; from now on it is the known one. */
const learn = (scan: EventScan, known: Known, most: number, isFit: (text: string) => boolean): boolean => {
  next(scan);
  const from = scan.at + 1;
  const text = plainText(scan, 1, most);
  if (text === undefined || !isFit(text)) return false;
  known.text = text;
  known.from = from;
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
  if (opening === quote) return plainText(scan, 0, usageLimits.value);
  if (opening === minus || (opening >= zero && opening <= zero + 9)) return wholeNumber(scan);
  return passesKey(scan, words.true) ? 'true' : passesKey(scan, words.false) ? 'false' : undefined;
};

const isQuantity = (scan: EventScan, value: string): boolean =>
  readPlainNumber(value, scan.number) && isPlainQuantity(scan.number.mantissa, scan.number.scale);

const isAnyText = (): boolean => true;
const isType = (text: string): boolean => typePattern.test(text);
const isFreeName = (text: string): boolean => !reservedNames.has(text);

/** Reads the next name into its place; false where it is not for this path. */
const scanName = (scan: EventScan, name: Known): boolean => {
  if (passesKnown(scan, name)) return true;
  scan.order = [];
  return learn(scan, name, usageLimits.fieldName, isFreeName);
};

const scanData = (scan: EventScan): UsageEvent['data'] | undefined => {
  if (!passes(scan, openBrace)) return undefined;
  if (passes(scan, closeBrace)) return {};
  const { names, values } = scan;
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
  if (scan.order.length !== count) scan.order = usageFieldOrder(names.slice(0, count).map((name) => name.text));
  const { order } = scan;
  // Empty here: a name stands twice.
  if (order.length === 0) return undefined;
  const data: Record<string, string> = {};
  for (let i = 0; i < count; i++) {
    const place = order[i]!;
    data[names[place]!.text] = values[place]!;
  }
  return data;
};

const scanTime = (scan: EventScan): UsageEvent['time'] | undefined => {
  const text = plainText(scan, 1, usageLimits.name);
  const time = text === undefined ? undefined : parseInstant(text);
  return time === undefined || time < scan.window.earliest || time > scan.window.latest ? undefined : time;
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
      hasSource = passesKnown(scan, scan.source) || learn(scan, scan.source, usageLimits.name, isAnyText);
      if (!hasSource) return undefined;
    } else if (!hasType && passesKey(scan, keys.type)) {
      hasType = passesKnown(scan, scan.type) || learn(scan, scan.type, usageLimits.name, isType);
      if (!hasType) return undefined;
    } else if (subject === undefined && passesKey(scan, keys.subject)) {
      if ((subject = plainText(scan, 1, usageLimits.name)) === undefined) return undefined;
    } else if (time === undefined && passesKey(scan, keys.time)) {
      if ((time = scanTime(scan)) === undefined) return undefined;
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
