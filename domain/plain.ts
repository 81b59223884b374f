/**
 * Values as plain JSON and back, exactly. Money, the one bigint in a record, is
 * `{ "$money": "12.30 EUR" }` in stores and hashes; a name of anybody's own that begins
 * with `$` gets a second one, so nothing a sender writes can be taken for money.
 */
import { assert, present } from './assert.ts';
import { parseCurrency } from './money/currency.ts';
import { type Money, moneyText, parseMoney } from './money/money.ts';

const tag = '$money';

/** The value with each Money as its plain form; undefined members left out. */
export const toPlain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) {
    assert(typeof value !== 'bigint', 'a bigint travels only inside money');
    return value;
  }
  if (isMoney(value)) return { [tag]: moneyText(value) };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name.startsWith('$') ? `$${name}` : name, toPlain(member)]),
  );
};

/** The value that `toPlain` was given. */
export const fromPlain = (plain: unknown): unknown => {
  if (Array.isArray(plain)) return plain.map(fromPlain);
  if (typeof plain !== 'object' || plain === null) return plain;
  if (Object.hasOwn(plain, tag)) return moneyIn((plain as { readonly [tag]: string })[tag]);
  return Object.fromEntries(
    Object.entries(plain).map(([name, member]) => [name.startsWith('$') ? name.slice(1) : name, fromPlain(member)]),
  );
};

const isMoney = (value: object): value is Money => 'minor' in value && typeof value.minor === 'bigint';

/** `12.30 EUR` as it was written by `toPlain`. */
const moneyIn = (text: string): Money => {
  const [amount = '', code = ''] = text.split(' ');
  const currency = present(parseCurrency(code), `"${text}" names a currency`);
  return present(parseMoney(amount, currency), `"${text}" is an amount of money`);
};
