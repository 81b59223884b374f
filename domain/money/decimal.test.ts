/** Decimals, by example: what a text means, what it is written as, and where rounding enters. */
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  decimal,
  decimalText,
  divide,
  exactQuotient,
  multiply,
  parseDecimal,
  rescale,
  roundToMultiple,
  subtract,
  sum,
} from './decimal.ts';
import type { Rounding } from './rounding.ts';

describe('parseDecimal', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['-0.00', '0'],
    ['007', '7'],
    ['12.50', '12.5'],
    ['-0.000015', '-0.000015'],
    ['9'.repeat(40) + '.' + '9'.repeat(30), '9'.repeat(40) + '.' + '9'.repeat(30)],
  ])('%s is %s', (text, written) => {
    const value = parseDecimal(text);
    expect(value && decimalText(value)).toBe(written);
  });

  it.each([
    '',
    '-',
    '.5',
    '5.',
    '+1',
    '1e3',
    '1,000',
    ' 1',
    '0x10',
    '١',
    'NaN',
    '1.2.3',
    '9'.repeat(41),
    `0.${'1'.repeat(31)}`,
  ])('"%s" is none', (text) => expect(parseDecimal(text)).toBeUndefined());

  it('is not slowed by a text of any length', () => expect(parseDecimal('9'.repeat(10_000_000))).toBeUndefined());

  it('reads back whatever arithmetic of ours has written, though a stranger could not have sent it', () => {
    const long = multiply(decimal(`0.${'1'.repeat(30)}`), decimal(`0.${'1'.repeat(30)}`));
    expect(compare(decimal(decimalText(long)), long)).toBe(0);
  });
});

describe('arithmetic', () => {
  it('is exact where floats are not', () => {
    expect(decimalText(add(decimal('0.1'), decimal('0.2')))).toBe('0.3');
    expect(decimalText(subtract(decimal('1'), decimal('0.9')))).toBe('0.1');
    expect(decimalText(multiply(decimal('1.005'), decimal('100')))).toBe('100.5');
    expect(decimalText(sum(['0.005', '0.005', '0.005'].map(decimal)))).toBe('0.015');
  });

  it.each([
    ['1', '3', 4, 'half_up', '0.3333'],
    ['2', '3', 4, 'half_up', '0.6667'],
    ['-2', '3', 0, 'floor', '-1'],
    ['-2', '3', 0, 'ceil', '0'],
    ['7', '-2', 0, 'half_up', '-4'],
    ['1100.0001', '1000', 0, 'up', '2'],
    ['0.0006', '0.0003', 0, 'up', '2'],
  ] as [string, string, number, Rounding, string][])(
    '%s ÷ %s at %d places, %s, is %s',
    (a, b, scale, rounding, quotient) =>
      expect(decimalText(divide(decimal(a), decimal(b), scale, rounding))).toBe(quotient),
  );

  it.each([
    ['7', '8', '0.875'],
    ['1400', '1000', '1.4'],
    ['-1', '0.004', '-250'],
    ['6', '3', '2'],
    ['0.3', '1.2', '0.25'],
    ['0', '7', '0'],
    ['1', '3', undefined],
    ['1', '1048576', '0.00000095367431640625'],
  ])('%s ÷ %s ends: %s', (a, b, quotient) => {
    const exact = exactQuotient(decimal(a), decimal(b));
    expect(exact && decimalText(exact)).toBe(quotient);
  });

  it('does not divide by zero', () => {
    expect(() => divide(decimal('1'), decimal('0.00'), 2, 'down')).toThrow('divisor');
    expect(() => exactQuotient(decimal('1'), decimal('0'))).toThrow('divisor');
  });
});

describe('rounding', () => {
  // What each rounding makes of 2.5, −2.5, 3.5, 2.4 and −2.6.
  const table: [Rounding, string, string, string, string, string][] = [
    ['half_up', '3', '-3', '4', '2', '-3'],
    ['half_down', '2', '-2', '3', '2', '-3'],
    ['half_even', '2', '-2', '4', '2', '-3'],
    ['half_odd', '3', '-3', '3', '2', '-3'],
    ['half_positive', '3', '-2', '4', '2', '-3'],
    ['half_negative', '2', '-3', '3', '2', '-3'],
    ['up', '3', '-3', '4', '3', '-3'],
    ['down', '2', '-2', '3', '2', '-2'],
    ['ceil', '3', '-2', '4', '3', '-2'],
    ['floor', '2', '-3', '3', '2', '-3'],
  ];
  it.each(table)('%s', (rounding, ...expected) =>
    expect(
      ['2.5', '-2.5', '3.5', '2.4', '-2.6'].map((text) => decimalText(rescale(decimal(text), 0, rounding))),
    ).toEqual(expected),
  );

  it('rounds to tens and hundreds at a negative scale', () => {
    expect(decimalText(rescale(decimal('123.456'), -2, 'up'))).toBe('200');
    expect(decimalText(rescale(decimal('-150'), -2, 'half_even'))).toBe('-200');
  });

  it('rounds to whole billing units', () => {
    expect(decimalText(roundToMultiple(decimal('15'), decimal('10'), 'up'))).toBe('20');
    expect(decimalText(roundToMultiple(decimal('-15'), decimal('10'), 'up'))).toBe('-20');
    expect(decimalText(roundToMultiple(decimal('0.31'), decimal('0.25'), 'half_up'))).toBe('0.25');
  });
});
