/**
 * Which route a method and a path mean. A path we know with a method we do not is told
 * which ones it takes, be it an address of the API or of a door of the flow: the
 * doors' own methods never come here, all others do.
 */
import { unescape } from 'node:querystring';
import type { Trigger } from '../flow-row.ts';
import { flow } from '../flow.ts';
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
  if (fitting.length === 0) return matchDoor(method, segments);
  return fitting.find(({ route }) => route.method === method) ?? { allow: fitting.map(({ route }) => route.method) };
};

const doors = Object.values(flow)
  .flatMap(({ on }): readonly Trigger[] => on)
  .filter((trigger) => trigger.on === 'http');

const matchDoor = (method: string, segments: readonly string[]): RouteMatch => {
  const allow = doors
    .filter(({ path }) => paramsOf(path.split('/'), segments) !== undefined)
    .map((door): string => door.method);
  return allow.length === 0 || allow.includes(method) ? undefined : { allow };
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
