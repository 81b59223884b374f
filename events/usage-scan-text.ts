/**
 * Texts of a usage request, read from its UTF-16 units in one pass: each becomes a
 * string once, for events of a request share most of theirs, and equal texts that are
 * the same string need not be hashed or compared letter by letter again. Whatever has
 * an escape or a control character in it is not for this path.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- the units end with a zero, which stops every loop */
import { Buffer } from 'node:buffer';

/** Bytes where the text is all ASCII; a zero follows the last. */
export type Units = Uint8Array | Uint16Array;

/** The units of a key, all ASCII. */
export const keyUnits = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

/** The text's UTF-16 units, which a loop reads faster than a string; whether it is all ASCII is looked at if not known. */
export const unitsOf = (text: string, isKnownAscii: boolean): Units => {
  const isAscii = isKnownAscii || Buffer.byteLength(text, 'utf8') === text.length;
  const units = isAscii ? bytesFor(text.length + 1) : new Uint16Array(text.length + 1);
  Buffer.from(units.buffer).write(text, isAscii ? 'latin1' : 'utf16le');
  units[text.length] = 0;
  return units;
};

/** Bytes of a scan that is over, for the next: new ones each time would have the whole heap collected every few requests. */
const spare: { bytes: Uint8Array | undefined } = { bytes: undefined };
const mostSpareBytes = 1024 * 1024;

const bytesFor = (length: number): Uint8Array => {
  const { bytes } = spare;
  if (bytes === undefined || bytes.length < length) return new Uint8Array(length);
  spare.bytes = undefined;
  return bytes;
};

/** Says that a scan is over and its units will not be read again. One of which it is not said only costs its memory. */
export const releaseUnits = ({ units }: TextScan): void => {
  if (units instanceof Uint8Array && units.length <= mostSpareBytes) spare.bytes = units;
};

export const quote = 34;
const backslash = 92;

/** A text read before and where it stood. */
export interface Known {
  text: string;
  from: number;
}

export interface TextScan {
  readonly text: string;
  readonly units: Units;
  at: number;
  /** Short texts that stood as values, in the slot that their last units name. */
  readonly recent: (Known | undefined)[];
}

const slots = 1024;
const longestRecent = 32;

export const noRecent = (): (Known | undefined)[] => new Array<Known | undefined>(slots);

/** The unit of the next place that is no blank. */
export const next = (scan: TextScan): number => {
  const { units } = scan;
  let unit = units[scan.at]!;
  while (unit === 32 || unit === 10 || unit === 13 || unit === 9) unit = units[++scan.at]!;
  return unit;
};

export const passes = (scan: TextScan, mark: number): boolean => {
  if (next(scan) !== mark) return false;
  scan.at++;
  return true;
};

/** Moves past the key where it stands here; one with blanks before its colon is for the plain path. */
export const passesKey = (scan: TextScan, key: Uint8Array): boolean => {
  const { units, at } = scan;
  const { length } = key;
  for (let i = 0; i < length; i++) if (units[at + i] !== key[i]) return false;
  scan.at = at + length;
  return true;
};

export const areAlike = (units: Units, a: number, b: number, length: number): boolean => {
  for (let i = 0; i < length; i++) if (units[a + i] !== units[b + i]) return false;
  return true;
};

/** Moves past the plain text whose quote opens here and gives the place of its closing quote, or −1. */
const plainEnd = (scan: TextScan, least: number, most: number): number => {
  if (next(scan) !== quote) return -1;
  const { units } = scan;
  const from = scan.at + 1;
  let to = from;
  for (let unit = units[to]!; unit !== quote; unit = units[++to]!) {
    if (unit < 32 || unit === backslash || (unit >= 127 && unit < 160)) return -1;
  }
  scan.at = to + 1;
  return to - from < least || to - from > most ? -1 : to;
};

/** The text whose quote opens here, if it has no escape, no control character and is within the limits. */
export const plainText = (scan: TextScan, least: number, most: number): string | undefined => {
  next(scan);
  const from = scan.at + 1;
  const to = plainEnd(scan, least, most);
  return to < 0 ? undefined : scan.text.slice(from, to);
};

/** The same, for a text that may well have stood in an event before. */
export const sharedText = (scan: TextScan, least: number, most: number): string | undefined => {
  next(scan);
  const from = scan.at + 1;
  const to = plainEnd(scan, least, most);
  return to < 0 ? undefined : textBetween(scan, from, to);
};

/** The text from one place up to another: where it is remembered, the very string it was before. */
const textBetween = ({ text, units, recent }: TextScan, from: number, to: number): string => {
  const length = to - from;
  if (length < 2 || length > longestRecent) return text.slice(from, to);
  // Of texts that differ, most do so in their last three units: cus_00000123, eu-west-1.
  const mixed = units[to - 1]! ^ (units[to - 2]! << 3) ^ (units[to - 3]! << 6) ^ (units[from]! << 5);
  const slot = mixed & (slots - 1);
  const known = recent[slot];
  if (known === undefined) {
    const fresh = text.slice(from, to);
    recent[slot] = { text: fresh, from };
    return fresh;
  }
  if (known.text.length !== length || !areAlike(units, from, known.from, length)) {
    known.text = text.slice(from, to);
    known.from = from;
  }
  return known.text;
};

/** Whether the text that stands here is the known one; moves past it if so. */
export const passesKnown = (scan: TextScan, known: Known): boolean => {
  if (next(scan) !== quote) return false;
  const { units } = scan;
  const { length } = known.text;
  const from = scan.at + 1;
  if (length === 0 || units[from + length] !== quote || !areAlike(units, from, known.from, length)) return false;
  scan.at = from + length + 1;
  return true;
};

/** Whether the text that stands here passes the judgement; from now on it is the known one. */
export const learn = (scan: TextScan, known: Known, most: number, isFit: (text: string) => boolean): boolean => {
  next(scan);
  const from = scan.at + 1;
  const text = plainText(scan, 1, most);
  if (text === undefined || !isFit(text)) return false;
  known.text = text;
  known.from = from;
  return true;
};
