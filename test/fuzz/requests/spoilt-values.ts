/**
 * Bodies with one thing off in their values: left out, added, of another type, at a bound
 * or beside it, hostile, or a number no number should be. Whether that is still good is
 * for the schema to say, and the answer is held to it.
 */
import { below, type Chance, pick } from '#test/simulation/engine/chance.ts';
import type { Schema } from '../schema/draw-value.ts';
import { edgesOf } from '../schema/edges-of.ts';
import { editedAt, type Place, placesIn } from '../schema/places-in.ts';
import type { Draft } from './draft.ts';
import { hostileNames, hostileValues } from './hostile-values.ts';
import { oddNumbers } from './odd-numbers.ts';

/** The body spoilt, or undefined where there is nothing in it to spoil so. */
export type Spoil = (draft: Draft, random: Chance) => unknown;

const placeOf = ({ target, body }: Draft, random: Chance, isFit: (place: Place) => boolean = () => true) => {
  const places = placesIn(target.body as Schema, body).filter(isFit);
  return places[below(random, places.length)];
};

const replaced = (draft: Draft, place: Place | undefined, value: unknown): unknown =>
  place === undefined ? undefined : editedAt(draft.body, place.path, () => value);

export const missing: Spoil = (draft, random) => {
  const place = placeOf(draft, random, ({ path }) => typeof path.at(-1) === 'string');
  return replaced(draft, place, undefined);
};

export const extra: Spoil = (draft, random) => {
  const name = pick(random, hostileNames as [string, ...string[]]);
  const value = hostileValues[below(random, hostileValues.length)];
  const place = placeOf(draft, random);
  if (place === undefined) return undefined;
  // Own members whatever they are called, `__proto__` too.
  return editedAt(draft.body, place.path, (at) =>
    typeof at === 'object' && at !== null && !Array.isArray(at)
      ? Object.fromEntries([...Object.entries(at), [name, value]])
      : [at, value],
  );
};

const others: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  '',
  '0',
  'true',
  'null',
  [],
  {},
  [[]],
  [{}],
  { 0: 0 },
];

export const otherType: Spoil = (draft, random) =>
  replaced(draft, placeOf(draft, random), others[below(random, others.length)]);

export const boundary: Spoil = (draft, random) => {
  const place = placeOf(draft, random);
  const edges = place === undefined ? [] : edgesOf(place.schema, random);
  return edges.length === 0 ? undefined : replaced(draft, place, edges[below(random, edges.length)]);
};

export const hostile: Spoil = (draft, random) => {
  const value = () => hostileValues[below(random, hostileValues.length)];
  const once = replaced(draft, placeOf(draft, random), value());
  if (random() < 0.8 || typeof once !== 'object' || once === null) return once;
  const names = Object.keys(once);
  return editedAt(once, [names[below(random, names.length)] ?? ''], value);
};

export const oddNumber: Spoil = (draft, random) =>
  replaced(draft, placeOf(draft, random), oddNumbers[below(random, oddNumbers.length)]);

/** The same letters, written otherwise. */
export const otherForm: Spoil = (draft, random) => {
  const place = placeOf(draft, random, ({ path }) => typeof valueAt(draft.body, path) === 'string');
  if (place === undefined) return undefined;
  const text = String(valueAt(draft.body, place.path));
  return replaced(
    draft,
    place,
    pick(random, [
      text.normalize('NFD'),
      text.normalize('NFC'),
      ` ${text} `,
      `${text}\u200b`,
      `\u202e${text}`,
      text.toUpperCase(),
      `${text}\u0301`,
      `\ufeff${text}`,
      text.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
    ]),
  );
};

const valueAt = (value: unknown, path: Place['path']): unknown =>
  path.reduce<unknown>((at, name) => (at as Readonly<Record<string | number, unknown>>)[name], value);
