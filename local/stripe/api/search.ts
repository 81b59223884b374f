/**
 * Stripe's search: `metadata['invoice']:'inv_1' AND status:'succeeded'`, clauses
 * joined all by AND or all by OR, `-` for not, `~` for contains, `<` and `>` for
 * numbers. As at Stripe a new object is found only after a while, a minute here:
 * whoever looks for a payment just made must not trust an empty answer.
 */
import type { Account } from '../account/account.ts';
import type { Kinds } from '../account/kinds.ts';
import { invalidParameter } from './errors.ts';
import { limit } from './list.ts';
import { type Params, required, text } from './params.ts';

const SEARCHABLE_AFTER_MS = 60_000;

const CLAUSE = /^(-?)([a-z_]+)(?:\[(['"])(.+?)\3\])?(:|~|<=|>=|<|>)(?:(['"])((?:\\.|(?!\6).)*)\6|(-?\d+)|null)/;

type Searched = Readonly<Record<string, unknown>>;
type Test = (row: Searched) => boolean;

const COMPARES: Readonly<Record<string, (held: number, wanted: number) => boolean>> = {
  '<': (held, wanted) => held < wanted,
  '<=': (held, wanted) => held <= wanted,
  '>': (held, wanted) => held > wanted,
  '>=': (held, wanted) => held >= wanted,
};

const clause = (source: string, fields: readonly string[]): Test => {
  const [, not, field = '', , key, operator, quote, quoted, number] = CLAUSE.exec(source) ?? [];
  const known = fields.includes(field) && (field === 'metadata') === (key !== undefined);
  if (!known) return invalidParameter(`We were unable to parse your search query at: ${source}`, 'query');
  const wanted = quote === undefined ? number : quoted?.replace(/\\(.)/g, '$1');
  const valueOf = (row: Searched) =>
    (key === undefined ? row : (row['metadata'] as Searched))[field === 'metadata' ? (key ?? '') : field] as
      string | number | null | undefined;
  const test: Test = (row) => {
    const value = valueOf(row);
    if (wanted === undefined) return value === null || value === undefined;
    if (value === null || value === undefined) return false;
    // Stripe matches text without regard to case.
    const [held, asked] = [String(value).toLowerCase(), wanted.toLowerCase()];
    if (operator === ':') return held === asked;
    if (operator === '~') return held.includes(asked);
    return COMPARES[operator ?? '']?.(Number(value), Number(wanted)) ?? false;
  };
  return not === '-' ? (row) => !test(row) : test;
};

const queryTest = (query: string, fields: readonly string[]): Test => {
  const tests: Test[] = [];
  const words = new Set<string>();
  let rest = query.trim();
  for (;;) {
    const source = CLAUSE.exec(rest)?.[0] ?? '';
    tests.push(clause(source || rest, fields));
    rest = rest.slice(source.length);
    if (rest === '') break;
    const [joined, word] = /^\s+(AND|OR)\s+/.exec(rest) ?? [];
    if (joined === undefined) return invalidParameter(`We were unable to parse your search query at: ${rest}`, 'query');
    words.add(word ?? '');
    rest = rest.slice(joined.length);
  }
  if (words.size > 1) return invalidParameter('You cannot combine AND with OR in one search query.', 'query');
  return words.has('OR') ? (row) => tests.some((test) => test(row)) : (row) => tests.every((test) => test(row));
};

export const searching = { query: text, limit, page: text };

export const searchFor = <K extends 'customer' | 'payment_intent'>(
  account: Account,
  kind: K,
  url: string,
  params: Params<typeof searching>,
  fields: readonly string[],
) => {
  const size = params.limit ?? 10;
  const start =
    params.page === undefined
      ? 0
      : Number(/^page_(\d+)$/.exec(params.page)?.[1] ?? invalidParameter('Invalid page', 'page'));
  const test = queryTest(required(params.query, 'query'), fields);
  const indexedUntil = account.now() - SEARCHABLE_AFTER_MS;
  const found = [...account.store.all(kind)].filter((row) => row.created * 1000 <= indexedUntil && test(row)).reverse();
  const data = found.slice(start, start + size).map((row) => structuredClone(row) as Kinds[K]);
  const more = start + size < found.length;
  return { object: 'search_result', url, has_more: more, next_page: more ? `page_${start + size}` : null, data };
};
