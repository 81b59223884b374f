/** Money, by example: rounded once, half away from zero unless said, in the currency's own minor unit. */
import { describe, expect, it } from 'vitest';
import type { Currency } from './currency.ts';
import { decimal } from './decimal.ts';
import { minus, money, moneyText, nothing, parseMoney, plus, roundToMoney, total } from './money.ts';
import type { Rounding } from './rounding.ts';

describe('roundToMoney', () => {
  const examples: [exact: string, currency: Currency, rounding: Rounding, rounded: string, because: string][] = [
    ['12.344999', 'EUR', 'half_up', '12.34 EUR', 'below half goes down'],
    ['12.345', 'EUR', 'half_up', '12.35 EUR', 'a half goes away from zero'],
    ['-12.345', 'EUR', 'half_up', '-12.35 EUR', 'so a credit cancels its charge'],
    ['12.345', 'EUR', 'half_even', '12.34 EUR', 'a half goes to the even cent'],
    ['0.5', 'JPY', 'half_up', '1 JPY', 'a yen has no parts'],
    ['1.0005', 'KWD', 'half_up', '1.001 KWD', 'a dinar has a thousand'],
    ['-0.004', 'EUR', 'half_up', '0.00 EUR', 'there is no minus nothing'],
    [
      '99999999999999999999.995',
      'USD',
      'half_up',
      '100000000000000000000.00 USD',
      'no amount is too large to be exact',
    ],
  ];
  it.each(examples)('%s %s %s is %s: %s', (exact, currency, rounding, rounded) =>
    expect(moneyText(roundToMoney(decimal(exact), currency, rounding))).toBe(rounded),
  );

  it('gives three parts of half a cent 0.02 summed first, 0.03 rounded each, 0.00 rounded each to even', () => {
    const parts = ['0.005', '0.005', '0.005'].map(decimal);
    const each = (rounding: Rounding) =>
      moneyText(
        total(
          parts.map((part) => roundToMoney(part, 'EUR', rounding)),
          'EUR',
        ),
      );
    expect(moneyText(roundToMoney(decimal('0.015'), 'EUR'))).toBe('0.02 EUR');
    expect(each('half_up')).toBe('0.03 EUR');
    expect(each('half_even')).toBe('0.00 EUR');
  });
});

describe('parseMoney', () => {
  it.each([
    ['12.30', 'EUR', '12.30 EUR'],
    ['12.300', 'EUR', '12.30 EUR'],
    ['-5', 'EUR', '-5.00 EUR'],
    ['500', 'JPY', '500 JPY'],
    ['1.005', 'KWD', '1.005 KWD'],
  ] as [string, Currency, string][])('%s %s is %s', (text, currency, written) =>
    expect(moneyText(money(text, currency))).toBe(written),
  );

  it.each([
    ['12.345', 'EUR'],
    ['0.5', 'JPY'],
    ['12,30', 'EUR'],
    ['', 'EUR'],
  ] as [string, Currency][])('"%s" %s is no amount', (text, currency) =>
    expect(parseMoney(text, currency)).toBeUndefined(),
  );
});

describe('adding', () => {
  it('adds within one currency and refuses two', () => {
    expect(moneyText(plus(money('0.10', 'EUR'), money('0.20', 'EUR')))).toBe('0.30 EUR');
    expect(minus(money('0.10', 'EUR'), money('0.10', 'EUR'))).toEqual(nothing('EUR'));
    expect(() => plus(money('1', 'EUR'), money('1', 'USD'))).toThrow('one currency');
    expect(() => total([money('1', 'USD')], 'EUR')).toThrow('one currency');
  });
});
