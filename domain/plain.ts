/**
 * Values as plain JSON and back, exactly. Money, the one bigint in a record, is
 * `{ "amount": "12.30", "currency": "EUR" }` in stores, hashes and answers alike:
 * an object with just these two texts is money, and nothing else is.
 */
import { assert } from './assert.ts';
import { parseCurrency } from './money/currency.ts';
import { amountText, type Money, parseMoney } from './money/money.ts';

/** The value with each Money as its plain form; undefined members left out. */
export const toPlain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) {
    assert(typeof value !== 'bigint', 'a bigint travels only inside money');
    return value;
  }
  if (isMoney(value)) return { amount: amountText(value), currency: value.currency };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, toPlain(member)]),
  );
};

/** The value that `toPlain` was given. */
export const fromPlain = (plain: unknown): unknown => {
  if (Array.isArray(plain)) return plain.map(fromPlain);
  if (typeof plain !== 'object' || plain === null) return plain;
  return moneyIn(plain) ?? Object.fromEntries(Object.entries(plain).map(([key, member]) => [key, fromPlain(member)]));
};

const isMoney = (value: object): value is Money => 'minor' in value && typeof value.minor === 'bigint';

const moneyIn = (plain: object): Money | undefined => {
  if (!('amount' in plain && 'currency' in plain) || Object.keys(plain).length !== 2) return undefined;
  if (typeof plain.amount !== 'string' || typeof plain.currency !== 'string') return undefined;
  const currency = parseCurrency(plain.currency);
  return currency === undefined ? undefined : parseMoney(plain.amount, currency);
};
