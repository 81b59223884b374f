/**
 * The fast path for quantities: a text like `12.50` as the whole number 1250 and
 * two places, both small enough for exact machine arithmetic. Only a text that
 * comes back letter for letter takes it (`1.50` does and stays `1.50`; `007`, `-0`
 * and 20-digit numbers do not); all others stay texts, which the wide path reads.
 */
import { columnLimit } from './integer-column.ts';

export interface PlainNumber {
  mantissa: number;
  scale: number;
}

/** More places than this and a text stays a text. */
const mostPlaces = 30;

const minus = 45;
const point = 46;
const digitZero = 48;

/** Reads the text into `into` and says true, or says false and leaves `into` undefined in value. */
export const readPlainNumber = (text: string, into: PlainNumber): boolean => {
  const { length } = text;
  const negative = text.charCodeAt(0) === minus;
  const first = negative ? 1 : 0;
  // A sign, 16 digits and a point need 18 characters; small fractions have leading zeros besides.
  if (length === first || length > mostPlaces + 3) return false;
  let mantissa = 0;
  let pointAt = -1;
  for (let i = first; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === point && pointAt < 0) pointAt = i;
    else if (code < digitZero || code > digitZero + 9) return false;
    else mantissa = mantissa * 10 + code - digitZero;
    if (mantissa > columnLimit) return false;
  }
  const wholeEnd = pointAt < 0 ? length : pointAt;
  if (wholeEnd === first || pointAt === length - 1) return false;
  if (text.charCodeAt(first) === digitZero && wholeEnd > first + 1) return false;
  if (negative && mantissa === 0) return false;
  into.mantissa = negative ? -mantissa : mantissa;
  into.scale = pointAt < 0 ? 0 : length - pointAt - 1;
  return into.scale <= mostPlaces;
};

/** The text that was read: the inverse of `readPlainNumber`. */
export const plainNumberText = (mantissa: number, scale: number): string => {
  if (scale === 0) return String(mantissa);
  const digits = String(Math.abs(mantissa)).padStart(scale + 1, '0');
  return `${mantissa < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
};
