/** Which route a method and a path mean. A path we know with a method we do not is told which ones it takes. */
import { unescape } from 'node:querystring';
import type { Route } from './route.ts';

export type RouteMatch =
  | { readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly allow: readonly string[] }
  | undefined;

export const matchRoute = (routes: readonly Route[], method: string, path: string): RouteMatch => {
  const segments = path.split('/');
  const fitting = routes.flatMap((route) => {
    const params = paramsOf(route.path.split('/'), segments);
    return params === undefined ? [] : [{ route, params }];
  });
  if (fitting.length === 0) return undefined;
  return fitting.find(({ route }) => route.method === method) ?? { allow: fitting.map(({ route }) => route.method) };
};

const paramsOf = (wanted: readonly string[], sent: readonly string[]): Record<string, string> | undefined => {
  if (wanted.length !== sent.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, segment] of wanted.entries()) {
    const value = sent[i] ?? '';
    if (segment.startsWith('{')) {
      // Unlike decodeURIComponent it bears any text; what no record is called is not found.
      const read = unescape(value);
      if (read === '') return undefined;
      params[segment.slice(1, -1)] = read;
    } else if (segment !== value) return undefined;
  }
  return params;
};
