/**
 * Currencies, by example, and the pinned table against the published list where that is at hand: a folder named by
 * REFERENCE_DATA, or `shared/data/reference` beside the repository.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { isoListOf } from './iso-4217.ts';
import { type Currency, currencies, minorPlaces, parseCurrency } from './currency.ts';

describe('parseCurrency', () => {
  it.each(['EUR', 'JPY', 'KWD', 'XCG'])('%s is a currency', (code) => expect(parseCurrency(code)).toBe(code));

  it.each([
    ['eur', 'codes are upper case'],
    ['EURO', 'codes have three letters'],
    ['', 'nothing is no currency'],
    ['XAU', 'gold has no minor unit'],
    ['XXX', 'no currency is no currency'],
    ['BGN', 'the lev is gone since 2026'],
    ['toString', 'a name JavaScript knows is no currency'],
  ])('"%s" is none: %s', (text) => expect(parseCurrency(text)).toBeUndefined());
});

describe('minorPlaces', () => {
  const examples: [Currency, number][] = [
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    ['HUF', 2], // shown without a fraction in shops, but its minor unit is the fillér
  ];
  it.each(examples)('%s has %d', (currency, places) => expect(minorPlaces(currency)).toBe(places));

  it('refuses what is no currency', () => expect(() => minorPlaces('ZZZ')).toThrow('ISO 4217'));

  it('takes a currency in lower case for a mistake already when compiled', () => {
    // @ts-expect-error: 'eur' is not upper case
    expect(() => minorPlaces('eur')).toThrow();
  });
});

const folder = process.env['REFERENCE_DATA'] ?? new URL('../../../shared/data/reference', import.meta.url).pathname;
const list = `${folder}/iso4217_codes-all.csv`;

describe.skipIf(!existsSync(list))('the pinned table, only where the published list is at hand', () => {
  it(`of ${isoListOf} agrees with the published list, code by code`, () => {
    const rows = parse<Record<string, string>>(readFileSync(list), { columns: true });
    const published = rows
      .filter((row) => row['WithdrawalDate'] === '' && /^\d$/.test(row['MinorUnit'] ?? ''))
      .map((row) => `${row['AlphabeticCode']} ${row['MinorUnit']}`);
    expect(currencies.map((currency) => `${currency} ${minorPlaces(currency)}`)).toEqual(
      [...new Set(published)].sort(),
    );
  });
});
