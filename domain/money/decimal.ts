/**
 * Exact decimal numbers for quantities and rates: a whole number of digits and the
 * places after its point, so 0.000015 is `{ digits: 15n, scale: 6 }`. Nothing here
 * rounds but `divide`, `rescale` and `roundToMultiple`, and all name how.
 */
import { assert } from '../assert.ts';
import { type Rounding, roundedQuotient } from './rounding.ts';

export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const plain = /^(-?)(\d+)(?:\.(\d+))?$/;

/** What a stranger's text may hold: 40 digits before the point and 30 after, and so no arithmetic that never ends. */
const longestText = 72;
const mostWholeDigits = 40;
const mostPlaces = 30;

/**
 * The decimal a plain text such as `12`, `-0.05` names, or undefined where it names none (`1e3`, `.5`, `+1`, ``)
 * or holds more digits than anybody measures.
 */
export const parseDecimal = (text: string): Decimal | undefined => {
  if (text.length > longestText) return undefined;
  const value = read(text);
  if (value === undefined || value.scale > mostPlaces) return undefined;
  const wholeDigits = text.replace('-', '').split('.')[0]?.length ?? 0;
  return wholeDigits > mostWholeDigits ? undefined : value;
};

/** The decimal of a text already known to be one, however long: a product of ours may outgrow what strangers may send. */
export const decimal = (text: string): Decimal => {
  const value = read(text);
  assert(value !== undefined, `"${text}" is a plain decimal such as 12 or 0.05`);
  return value;
};

const read = (text: string): Decimal | undefined => {
  const match = plain.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  return { digits: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
};

export const integer = (digits: bigint): Decimal => ({ digits, scale: 0 });

export const zero: Decimal = integer(0n);
export const one: Decimal = integer(1n);

export const add = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale);
  return { digits: digitsAt(a, scale) + digitsAt(b, scale), scale };
};

export const negate = (a: Decimal): Decimal => ({ digits: -a.digits, scale: a.scale });

export const subtract = (a: Decimal, b: Decimal): Decimal => add(a, negate(b));

export const multiply = (a: Decimal, b: Decimal): Decimal => ({
  digits: a.digits * b.digits,
  scale: a.scale + b.scale,
});

/** The quotient at `scale` places, rounded as named. */
export const divide = (a: Decimal, b: Decimal, scale: number, rounding: Rounding): Decimal => {
  assert(scale >= 0, 'a quotient has no negative places');
  assert(b.digits !== 0n, 'a divisor is not zero');
  // a/b = (a.digits · 10^b.scale) / (b.digits · 10^a.scale), wanted in units of 10^-scale.
  const numerator = a.digits * 10n ** BigInt(b.scale + scale);
  const denominator = b.digits * 10n ** BigInt(a.scale);
  return { digits: roundedQuotient(numerator, denominator, rounding), scale };
};

/**
 * The quotient where it has an end (7 ÷ 8 = 0.875), or undefined where it has none (1 ÷ 3): after
 * cancelling, only a divisor made of twos and fives has.
 */
export const exactQuotient = (a: Decimal, b: Decimal): Decimal | undefined => {
  assert(b.digits !== 0n, 'a divisor is not zero');
  let divisor = b.digits / greatestCommonDivisor(a.digits, b.digits);
  let places = 0;
  for (; divisor % 10n === 0n; places += 1) divisor /= 10n;
  for (; divisor % 5n === 0n; places += 1) divisor /= 5n;
  for (; divisor % 2n === 0n; places += 1) divisor /= 2n;
  return divisor === 1n || divisor === -1n ? divide(a, b, a.scale + places, 'down') : undefined;
};

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommonDivisor(b, a % b));

/**
 * The same value at `scale` places; rounds as named where places are lost. A negative scale rounds
 * to tens, hundreds … and the result is written out whole (123 at −2, up, is 200).
 */
export const rescale = (a: Decimal, scale: number, rounding: Rounding): Decimal => {
  if (scale >= a.scale) return { digits: digitsAt(a, scale), scale };
  const digits = roundedQuotient(a.digits, 10n ** BigInt(a.scale - scale), rounding);
  return scale < 0 ? integer(digits * 10n ** BigInt(-scale)) : { digits, scale };
};

/** The whole multiple of `step` next to the value, in the direction named: 15 in steps of 10, up, is 20. */
export const roundToMultiple = (a: Decimal, step: Decimal, rounding: Rounding): Decimal =>
  multiply(divide(a, step, 0, rounding), step);

/** Negative, zero or positive, as a is below, at or above b. */
export const compare = (a: Decimal, b: Decimal): number => {
  const scale = Math.max(a.scale, b.scale);
  const difference = digitsAt(a, scale) - digitsAt(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

export const equals = (a: Decimal, b: Decimal): boolean => compare(a, b) === 0;
export const isNegative = (a: Decimal): boolean => a.digits < 0n;
export const isPositive = (a: Decimal): boolean => a.digits > 0n;
export const isZero = (a: Decimal): boolean => a.digits === 0n;
export const least = (a: Decimal, b: Decimal): Decimal => (compare(a, b) <= 0 ? a : b);
export const greatest = (a: Decimal, b: Decimal): Decimal => (compare(a, b) >= 0 ? a : b);
export const sum = (values: readonly Decimal[]): Decimal => values.reduce(add, zero);

/** The shortest plain text of the value: no exponent, no trailing zero, no minus zero. */
export const decimalText = ({ digits, scale }: Decimal): string => {
  const sign = digits < 0n ? '-' : '';
  const padded = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  if (scale === 0) return sign + padded;
  const fraction = padded.slice(-scale).replace(/0+$/, '');
  return sign + padded.slice(0, -scale) + (fraction === '' ? '' : `.${fraction}`);
};

/** The digits of the value written with `scale` places; widening never loses one. */
export const digitsAt = (value: Decimal, scale: number): bigint => {
  assert(scale >= value.scale, 'widening a decimal never loses a digit');
  return value.digits * 10n ** BigInt(scale - value.scale);
};
