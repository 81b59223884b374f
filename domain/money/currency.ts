/**
 * A currency is its ISO 4217 code. The type only says "three letters", so that `'EUR'` reads as itself in plans and
 * tests; whether the code is one we bill in is asked once, at the edge, by `parseCurrency`.
 */
import { present } from '../assert.ts';
import { codesByMinorPlaces } from './iso-4217.ts';

/** An upper-case ISO 4217 code. */
export type Currency = Uppercase<string>;

const placesOf: ReadonlyMap<string, number> = new Map(
  [...codesByMinorPlaces].flatMap(([places, codes]) => codes.map((code) => [code, places] as const)),
);

/** Every code of the pinned list, in alphabetical order. */
export const currencies: readonly Currency[] = ([...placesOf.keys()] as Currency[]).sort();

/** The currency a text names exactly, or undefined where the list has none such (`eur`, `EURO`, `XAU`). */
export const parseCurrency = (text: string): Currency | undefined =>
  placesOf.has(text) ? (text as Currency) : undefined;

/** Decimal places of the smallest unit: 2 for EUR, 0 for JPY, 3 for KWD. */
export const minorPlaces = (currency: Currency): number =>
  present(placesOf.get(currency), `"${currency}" is an active ISO 4217 currency`);
