/** Stripe's lists: newest first, at most 100 at once, paged by the id before or after which to go on. */
import type { Account } from '../account/account.ts';
import type { Kinds, ShownKind } from '../account/kinds.ts';
import { invalidParameter, noSuch } from './errors.ts';
import { integer, type Params, type Reader, text } from './params.ts';

export const limit: Reader<number> = (given, name) => {
  const value = integer(given, name);
  return value >= 1 && value <= 100
    ? value
    : invalidParameter(`This value must be between 1 and 100: ${value}`, name, 'parameter_invalid_integer');
};

export const paging = { limit, starting_after: text, ending_before: text };

export interface List<Item> {
  readonly object: 'list';
  readonly url: string;
  readonly has_more: boolean;
  readonly data: Item[];
}

export const pageOf = <K extends ShownKind>(
  account: Account,
  kind: K,
  url: string,
  { limit: size = 10, starting_after, ending_before }: Params<typeof paging>,
  matches: (row: Readonly<Kinds[K]>) => boolean = () => true,
): List<Kinds[K]> => {
  if (starting_after !== undefined && ending_before !== undefined)
    invalidParameter('You may only specify one of these parameters: starting_after, ending_before.', 'starting_after');
  const rows = [...account.store.all(kind)].filter(matches).reverse();
  const indexOf = (id: string, name: string): number => {
    const index = rows.findIndex((row) => row.id === id);
    return index < 0 ? noSuch(kind, id, name) : index;
  };
  const from = starting_after === undefined ? 0 : indexOf(starting_after, 'starting_after') + 1;
  const to = ending_before === undefined ? rows.length : indexOf(ending_before, 'ending_before');
  // Going back, the page is the one just before the given id.
  const start = ending_before === undefined ? from : Math.max(0, to - size);
  const end = ending_before === undefined ? Math.min(to, from + size) : to;
  const data = rows.slice(start, end).map((row) => structuredClone(row) as Kinds[K]);
  return { object: 'list', url, has_more: ending_before === undefined ? end < rows.length : start > 0, data };
};
