/**
 * Money is a whole number of minor units (cents) in one currency: what is owed or
 * paid, so always already rounded. An exact decimal becomes money in one place,
 * `roundToMoney`, once a line; totals only ever add money.
 */
import { assert } from '../assert.ts';
import { type Currency, minorPlaces } from './currency.ts';
import { type Decimal, digitsAt, parseDecimal, rescale } from './decimal.ts';
import type { Rounding } from './rounding.ts';

export interface Money {
  readonly currency: Currency;
  readonly minor: bigint;
}

/** Exactly this many major units: `money('12.30', 'EUR')`; undefined where the text has parts below a minor unit. */
export const parseMoney = (text: string, currency: Currency): Money | undefined => {
  const exact = parseDecimal(text);
  if (exact === undefined) return undefined;
  const places = minorPlaces(currency);
  const down = rescale(exact, places, 'down');
  return digitsAt(down, Math.max(places, exact.scale)) === digitsAt(exact, Math.max(places, exact.scale))
    ? { currency, minor: down.digits }
    : undefined;
};

export const money = (text: string, currency: Currency): Money => {
  const value = parseMoney(text, currency);
  assert(value !== undefined, `"${text}" is an amount of whole ${currency} minor units`);
  return value;
};

/** The one place where a decimal becomes money. */
export const roundToMoney = (exact: Decimal, currency: Currency, rounding: Rounding = 'half_up'): Money => ({
  currency,
  minor: rescale(exact, minorPlaces(currency), rounding).digits,
});

export const moneyDecimal = ({ minor, currency }: Money): Decimal => ({ digits: minor, scale: minorPlaces(currency) });

export const nothing = (currency: Currency): Money => ({ currency, minor: 0n });

export const plus = (a: Money, b: Money): Money => {
  assert(a.currency === b.currency, `only one currency is added at a time, not ${a.currency} and ${b.currency}`);
  return { currency: a.currency, minor: a.minor + b.minor };
};

export const negated = (a: Money): Money => ({ currency: a.currency, minor: -a.minor });

export const minus = (a: Money, b: Money): Money => plus(a, negated(b));

export const total = (amounts: readonly Money[], currency: Currency): Money => amounts.reduce(plus, nothing(currency));

/** The amount alone with the currency's own places: `12.30`, `500`, `1.000`. */
export const amountText = ({ minor, currency }: Money): string => {
  const places = minorPlaces(currency);
  const padded = (minor < 0n ? -minor : minor).toString().padStart(places + 1, '0');
  const text = places === 0 ? padded : `${padded.slice(0, -places)}.${padded.slice(-places)}`;
  return minor < 0n ? `-${text}` : text;
};

/** `12.30 EUR` */
export const moneyText = (amount: Money): string => `${amountText(amount)} ${amount.currency}`;
