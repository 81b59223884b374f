/** The two ways a list is paged: along an index of the books, or along records few enough to be read whole. */
import { isRefusal } from '#domain/refusal.ts';
import type { Books } from '../ports.ts';
import type { Cursors } from './cursors.ts';
import type { ApiRefusal } from './refusals.ts';

export interface PageRequest {
  readonly query: { readonly limit?: number | undefined };
  readonly cursors: Cursors;
}

export const usualLimit = 20;
const limitOf = ({ query }: PageRequest): number => query.limit ?? usualLimit;

/** The index only finds: what its sort texts name is then read from the books. Newest first. */
export const indexPage = async (
  books: Books,
  list: Parameters<Books['index']>[0],
  request: PageRequest,
): Promise<{ readonly sorts: readonly string[]; readonly nextCursor: string | null } | ApiRefusal> => {
  const after = request.cursors.after();
  if (isRefusal(after)) return after;
  const { sorts, next } = await books.index(list, {
    limit: limitOf(request),
    newestFirst: true,
    ...(after === undefined ? {} : { after }),
  });
  return { sorts, nextCursor: next === null ? null : request.cursors.make(next) };
};

/** A page of all there are, in the order of their places; each has its own place. */
export const pageOfAll = <Item>(
  items: readonly Item[],
  placeOf: (item: Item) => string,
  request: PageRequest,
  order: 'ascending' | 'descending' = 'ascending',
): { readonly page: readonly Item[]; readonly nextCursor: string | null } | ApiRefusal => {
  const after = request.cursors.after();
  if (isRefusal(after)) return after;
  const isBefore = (a: string, b: string): boolean => (order === 'ascending' ? a < b : a > b);
  const rest = items
    .filter((item) => after === undefined || isBefore(after, placeOf(item)))
    .sort((a, b) => (isBefore(placeOf(a), placeOf(b)) ? -1 : 1));
  const page = rest.slice(0, limitOf(request));
  const last = page.at(-1);
  return {
    page,
    nextCursor: last === undefined || page.length === rest.length ? null : request.cursors.make(placeOf(last)),
  };
};

/** What stands after the first `#` of a sort text `{instant}#{id}`. */
export const idIn = (sort: string): string => sort.slice(sort.indexOf('#') + 1);
