/**
 * The shapes senders give their event ids, and each id in its shortest exact form:
 * a family (shape and prefix) and 128 bits. `evt_01J9…` with its time-sortable 26
 * characters, a UUID, 32 hex digits, `order-000123`; whatever else comes is raw
 * text. The form follows from the text alone and gives back that very text, so two
 * ids are the same when family and bits are.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- an id has four words */
import { assert } from '../assert.ts';

export const idShapes = ['raw', 'uuid', 'ulid', 'ulid_lowercase', 'hex', 'number'] as const;
export type IdShape = (typeof idShapes)[number];

export interface IdFamily {
  readonly shape: IdShape;
  /** What stands before the part that varies: `evt_`. */
  readonly prefix: string;
  /** Of a number with leading zeros, its count of digits; else 0. */
  readonly width: number;
}

/** Bits an id is read into, most significant word first. */
export type IdWords = Uint32Array;

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const notADigit = 255;

const digitValues = (digits: string): Uint8Array => {
  const values = new Uint8Array(128).fill(notADigit);
  for (let value = 0; value < digits.length; value++) values[digits.charCodeAt(value)] = value;
  return values;
};
const hexValues = digitValues('0123456789abcdef');
const ulidValues = digitValues(crockford);
const lowercaseUlidValues = digitValues(crockford.toLowerCase());

const valueAt = (values: Uint8Array, text: string, at: number): number => values[text.charCodeAt(at)] ?? notADigit;

const dash = 45;
const isLetterOrDigit = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** A prefix is worth naming where it ends in a mark (`evt_`); else it may be chance, another with each id. */
const endsInMark = (text: string, length: number): boolean =>
  length === 0 || (length > 0 && !isLetterOrDigit(text.charCodeAt(length - 1)));

const readHex = (text: string, from: number, uuid: boolean, into: IdWords, place: number): boolean => {
  let at = from;
  for (let word = 0; word < 4; word++) {
    let bits = 0;
    for (let half = 0; half < 2; half++) {
      // A UUID has its dashes before its 3rd, 4th, 5th and 6th group of four digits.
      const group = word * 2 + half;
      if (uuid && group >= 2 && group <= 5 && text.charCodeAt(at++) !== dash) return false;
      for (let i = 0; i < 4; i++) {
        const value = valueAt(hexValues, text, at++);
        if (value === notADigit) return false;
        bits = (bits << 4) | value;
      }
    }
    into[place + word] = bits;
  }
  return true;
};

const readUlid = (text: string, from: number, values: Uint8Array, into: IdWords, place: number): boolean => {
  // 26 digits of 5 bits are 130: the first may not use its upper two.
  if (valueAt(values, text, from) > 7) return false;
  let high = 0;
  let word = place;
  let bits = -2;
  for (let at = from; at < from + 26; at++) {
    const value = valueAt(values, text, at);
    if (value === notADigit) return false;
    bits += 5;
    if (bits < 32) {
      high = (high << 5) | value;
    } else {
      bits -= 32;
      into[word++] = (high << (5 - bits)) | (value >>> bits);
      high = value & ((1 << bits) - 1);
    }
  }
  return true;
};

const mostDigits = 15;
const shortLetters = /^[A-Za-z]{1,8}$/;

interface NumberAtEnd {
  readonly from: number;
  readonly value: number;
}

const numberAtEnd = (text: string): NumberAtEnd | undefined => {
  let from = text.length;
  let value = 0;
  let unit = 1;
  for (; from > 0; from--) {
    const digit = text.charCodeAt(from - 1) - 48;
    if (digit < 0 || digit > 9) break;
    value += digit * unit;
    unit *= 10;
    if (text.length - from >= mostDigits) return undefined;
  }
  if (from === text.length) return undefined;
  return endsInMark(text, from) || shortLetters.test(text.slice(0, from)) ? { from, value } : undefined;
};

/** The family guessed if it is this one; ids of one sender mostly share theirs. */
const familyOf = (
  text: string,
  guess: IdFamily | undefined,
  shape: IdShape,
  prefixLength: number,
  width: number,
): IdFamily =>
  guess?.shape === shape &&
  guess.width === width &&
  guess.prefix.length === prefixLength &&
  text.startsWith(guess.prefix)
    ? guess
    : { shape, prefix: text.slice(0, prefixLength), width };

const readNumber = (text: string, guess: IdFamily | undefined, into: IdWords, place: number): IdFamily => {
  const number = numberAtEnd(text);
  into.fill(0, place, place + 4);
  if (number === undefined) return familyOf(text, guess, 'raw', 0, 0);
  const { from, value } = number;
  into[place + 2] = Math.floor(value / 2 ** 32);
  into[place + 3] = value % 2 ** 32;
  const digits = text.length - from;
  return familyOf(text, guess, 'number', from, text.charCodeAt(from) === 48 && digits > 1 ? digits : 0);
};

/**
 * Tells the id's family, the one guessed if it is that, and reads its bits into the four words from `place` on.
 * A raw id has no bits: its text is all.
 */
export const readEventId = (text: string, guess: IdFamily | undefined, into: IdWords, place = 0): IdFamily => {
  const { length } = text;
  if (endsInMark(text, length - 36) && readHex(text, length - 36, true, into, place)) {
    return familyOf(text, guess, 'uuid', length - 36, 0);
  }
  if (endsInMark(text, length - 26)) {
    const prefix = length - 26;
    if (readUlid(text, prefix, ulidValues, into, place)) return familyOf(text, guess, 'ulid', prefix, 0);
    if (readUlid(text, prefix, lowercaseUlidValues, into, place)) {
      return familyOf(text, guess, 'ulid_lowercase', prefix, 0);
    }
  }
  if (endsInMark(text, length - 32) && readHex(text, length - 32, false, into, place)) {
    return familyOf(text, guess, 'hex', length - 32, 0);
  }
  return readNumber(text, guess, into, place);
};

const hexWord = (word: number): string => word.toString(16).padStart(8, '0');

const ulidText = (words: ArrayLike<number>, at: number): string => {
  let text = '';
  // The lowest bit of each digit, counted from the end of the 128: 125, 120 … 0.
  for (let low = 125; low >= 0; low -= 5) {
    const word = at + 3 - (low >> 5);
    const shift = low & 31;
    const carried = shift > 27 && word > at ? words[word - 1]! << (32 - shift) : 0;
    text += crockford.charAt(((words[word]! >>> shift) | carried) & 31);
  }
  return text;
};

/** The id whose four words begin at `at`: the inverse of `readEventId`, but for raw ids. */
export const eventIdText = ({ shape, prefix, width }: IdFamily, words: ArrayLike<number>, at: number): string => {
  assert(shape !== 'raw', 'a raw id is kept as its text');
  if (shape === 'number') return prefix + String(words[at + 2]! * 2 ** 32 + words[at + 3]!).padStart(width, '0');
  if (shape === 'ulid') return prefix + ulidText(words, at);
  if (shape === 'ulid_lowercase') return prefix + ulidText(words, at).toLowerCase();
  const hex = hexWord(words[at]!) + hexWord(words[at + 1]!) + hexWord(words[at + 2]!) + hexWord(words[at + 3]!);
  if (shape === 'hex') return prefix + hex;
  return `${prefix}${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
