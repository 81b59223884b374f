/**
 * Reads a request's parameters by a shape: each name has a reader, and a name
 * without one is refused, so the double never accepts something it would ignore.
 * What is wrong is answered as Stripe does: `parameter_unknown`,
 * `parameter_missing`, `parameter_invalid_empty`, `parameter_invalid_integer`.
 */
import type { Metadata } from '../objects/parts.ts';
import { invalidParameter } from './errors.ts';
import type { Form, FormValue } from './form.ts';

export type Reader<Value> = (given: FormValue, name: string) => Value;
export type Shape = Readonly<Record<string, Reader<unknown>>>;
export type Params<S extends Shape> = { readonly [Name in keyof S]?: ReturnType<S[Name]> };

export const readParams = <S extends Shape>(form: Form, shape: S, under = ''): Params<S> => {
  const read: Record<string, unknown> = {};
  for (const [key, given] of Object.entries(form)) {
    const name = under === '' ? key : `${under}[${key}]`;
    const reader = Object.hasOwn(shape, key) ? shape[key] : undefined;
    read[key] = reader
      ? reader(given, name)
      : invalidParameter(`Received unknown parameter: ${name}`, name, 'parameter_unknown');
  }
  return read as Params<S>;
};

/** The value, or Stripe's answer to a parameter left out. */
export const required = <Value>(value: Value | null | undefined, name: string): Value =>
  value ?? invalidParameter(`Missing required param: ${name}.`, name, 'parameter_missing');

const plain: Reader<string> = (given, name) =>
  typeof given === 'string' ? given : invalidParameter(`Invalid string: ${name}`, name);

/** A text that cannot be unset. */
export const text: Reader<string> = (given, name) =>
  plain(given, name) === ''
    ? invalidParameter(
        `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${name}' cannot be unset.`,
        name,
        'parameter_invalid_empty',
      )
    : plain(given, name);

/** A text that an empty one unsets: null. */
export const clearable: Reader<string | null> = (given, name) => plain(given, name) || null;

export const integer: Reader<number> = (given, name) => {
  const value = plain(given, name);
  return /^-?\d{1,15}$/.test(value)
    ? Number(value)
    : invalidParameter(`Invalid integer: ${value}`, name, 'parameter_invalid_integer');
};

export const boolean: Reader<boolean> = (given, name) =>
  given === 'true' || (given !== 'false' && invalidParameter(`Invalid boolean: ${plain(given, name)}`, name));

export const oneOf =
  <const Value extends string>(...values: readonly Value[]): Reader<Value> =>
  (given, name) =>
    values.find((value) => value === given) ??
    invalidParameter(`Invalid ${name}: must be one of ${values.join(', ')}`, name);

export const object =
  <S extends Shape>(shape: S): Reader<Params<S>> =>
  (given, name) =>
    typeof given === 'string' ? invalidParameter(`Invalid object`, name) : readParams(given, shape, name);

export const list =
  <Value>(item: Reader<Value>): Reader<Value[]> =>
  (given, name) =>
    typeof given === 'string'
      ? invalidParameter('Invalid array', name)
      : Object.entries(given).map(([index, value]) => item(value, `${name}[${index}]`));

/** At most 50 keys of 40 characters with values of 500; the limits are Stripe's. Null clears all. */
export const metadata: Reader<Metadata | null> = (given, name) => {
  if (given === '') return null;
  if (typeof given === 'string') return invalidParameter('Invalid object', name);
  const entries = Object.entries(given).map(([key, value]): [string, string] => {
    if (key.length > 40) invalidParameter(`Metadata keys can be up to 40 characters long: ${key}`, name);
    const held = plain(value, `${name}[${key}]`);
    return held.length > 500
      ? invalidParameter(`Metadata values can be up to 500 characters long: ${key}`, `${name}[${key}]`)
      : [key, held];
  });
  return entries.length > 50 ? invalidParameter('Metadata can have up to 50 keys', name) : Object.fromEntries(entries);
};

/** Given keys replace, an empty value removes its key, null removes all. */
export const mergeMetadata = (held: Metadata, given: Metadata | null | undefined): Metadata => {
  if (given === null) return {};
  return Object.fromEntries(Object.entries({ ...held, ...given }).filter(([, value]) => value !== ''));
};

const bounds = object({ gt: integer, gte: integer, lt: integer, lte: integer });

/** `created=1` or `created[gte]=1&created[lt]=2`, as a test of an instant in seconds. */
export const range: Reader<(at: number) => boolean> = (given, name) => {
  if (typeof given === 'string') {
    const exactly = integer(given, name);
    return (at) => at === exactly;
  }
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = bounds(given, name);
  return (at) => at > gt && at >= gte && at < lt && at <= lte;
};
