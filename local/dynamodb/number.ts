/**
 * DynamoDB numbers: exact decimals of at most 38 significant digits, written as text. Nothing here
 * passes through a JavaScript number. Text that comes in is normalised by dynalite's validation
 * ("1.10" is stored as "1.1", "1E3" as "1000"); what we compute ourselves is normalised and
 * limited here.
 */
import Big from 'big.js';
import { validationError } from './dynamo-error.ts';

export const compareNumbers = (a: string, b: string): number => new Big(a).cmp(b);

const limited = (value: Big): string => {
  if (value.c.length > 38) throw validationError('Attempting to store more than 38 significant digits in a Number');
  if (value.e > 125) {
    throw validationError('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (value.e < -130) {
    throw validationError('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  return value.eq(0) ? '0' : value.toFixed();
};

export const addNumbers = (a: string, b: string): string => limited(new Big(a).plus(b));
export const subtractNumbers = (a: string, b: string): string => limited(new Big(a).minus(b));

/** One byte per two digits, one for the exponent, one more for a minus sign: AWS's published estimate, at most 21. */
export function numberSize(text: string): number {
  const { c: digits, e: exponent, s: sign } = new Big(text);
  if (digits[0] === 0) return 1;
  const crossesByte = digits.length % 2 === 0 && exponent % 2 === 0 ? 1 : 0;
  return 1 + Math.ceil(digits.length / 2) + crossesByte + (sign === -1 ? 1 : 0);
}

/**
 * A text whose plain `<` order is the numeric order: sign, exponent shifted to be positive, digits. A negative number
 * has exponent and digits complemented and ends in `~`, so that −1.1 ("…88~") stands before −1 ("…8~").
 */
export function sortableNumber(text: string): string {
  const { c: digits, e: exponent, s: sign } = new Big(text);
  if (digits[0] === 0) return '1';
  const shifted = exponent + 200;
  if (sign === 1) return `2${shifted}${digits.join('')}`;
  return `0${999 - shifted}${digits.map((digit) => 9 - digit).join('')}~`;
}
