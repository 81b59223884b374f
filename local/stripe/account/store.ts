/**
 * The double's rows, by kind and id, in the order they were made. Reading gives
 * a copy, so nothing changes by accident; what is put becomes true for others
 * only on `commit`, all of it or none, and is by then in the file where there is
 * one. Everything between two commits runs without a pause, so change sets never
 * mix.
 */
import { assert } from '#domain/assert.ts';
import { type Change, openChangeLog } from './change-log.ts';
import type { Kind, Kinds } from './kinds.ts';

export interface Store {
  get<K extends Kind>(kind: K, id: string): Kinds[K] | undefined;
  put<K extends Kind>(kind: K, row: Kinds[K]): void;
  remove(kind: Kind, id: string): void;
  /** Oldest first and not copied: only to look at. */
  all<K extends Kind>(kind: K): IterableIterator<Readonly<Kinds[K]>>;
  commit(): void;
  discard(): void;
  close(): void;
}

export const openStore = (file?: string): Store => {
  const { rows, log } = file === undefined ? { rows: [], log: undefined } : openChangeLog(file);
  const tables = new Map<string, Map<string, object>>();
  /** The last committed row of everything put since; undefined where there was none. */
  const before = new Map<string, { kind: string; id: string; row: object | undefined }>();

  const table = (kind: string): Map<string, object> => {
    const known = tables.get(kind) ?? new Map<string, object>();
    if (!tables.has(kind)) tables.set(kind, known);
    return known;
  };
  const apply = (kind: string, id: string, row: object | undefined): void => {
    if (row === undefined) table(kind).delete(id);
    else table(kind).set(id, row);
  };
  const change = (kind: string, id: string, row: object | undefined): void => {
    const key = `${kind} ${id}`;
    if (!before.has(key)) before.set(key, { kind, id, row: table(kind).get(id) });
    apply(kind, id, row);
  };
  for (const { kind, id, row } of rows) apply(kind, id, row ?? undefined);

  return {
    get: <K extends Kind>(kind: K, id: string) => {
      const row = table(kind).get(id);
      return row === undefined ? undefined : (structuredClone(row) as Kinds[K]);
    },
    put: (kind, row) => change(kind, row.id, structuredClone(row)),
    remove: (kind, id) => change(kind, id, undefined),
    all: <K extends Kind>(kind: K) => table(kind).values() as IterableIterator<Readonly<Kinds[K]>>,
    commit: () => {
      const changes = [...before.values()].map(({ kind, id }): Change => ({
        kind,
        id,
        row: table(kind).get(id) ?? null,
      }));
      if (changes.length > 0) log?.append(changes);
      before.clear();
    },
    discard: () => {
      // A row removed and put back comes last in its table: only kinds without an order that matters are removed.
      for (const { kind, id, row } of before.values()) apply(kind, id, row);
      before.clear();
    },
    close: () => {
      assert(before.size === 0, 'a store is closed between change sets');
      log?.close();
    },
  };
};
