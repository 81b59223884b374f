/**
 * Cursors: where a list goes on, opaque to the caller and bound by a keyed hash to
 * the route and query they were given for. A foreign or changed one is refused, so a
 * page is never silently of another list.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { refuse } from '#domain/refusal.ts';
import type { ApiRefusal } from './refusals.ts';

export interface Cursors {
  /** The place the request goes on after; undefined on the first page. */
  readonly after: () => string | undefined | ApiRefusal;
  readonly make: (place: string) => string;
}

/** For one request: its path and its query as sent. The limit may change from page to page. */
export const cursorsFor = (secret: string, path: string, query: Readonly<Record<string, string>>): Cursors => {
  const { cursor, limit: _, ...filters } = query;
  const list = JSON.stringify([path, Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1))]);
  const macOf = (place: string): Buffer =>
    createHmac('sha256', secret).update(`cursor\n${list}\n${place}`).digest().subarray(0, 16);
  return {
    after: () => (cursor === undefined ? undefined : (placeIn(cursor, macOf) ?? foreign)),
    make: (place) => Buffer.concat([macOf(place), Buffer.from(place, 'utf8')]).toString('base64url'),
  };
};

const placeIn = (cursor: string, macOf: (place: string) => Buffer): string | undefined => {
  const bytes = Buffer.from(cursor, 'base64url');
  // One spelling each: base64url reads several texts as the same bytes.
  if (bytes.length < 16 || bytes.toString('base64url') !== cursor) return undefined;
  const place = bytes.subarray(16).toString('utf8');
  return timingSafeEqual(bytes.subarray(0, 16), macOf(place)) ? place : undefined;
};

const foreign = refuse('invalid_cursor', 'This cursor is not from this list. Start again without one.');
