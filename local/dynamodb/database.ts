/**
 * The whole state: tables and the tokens of recent transactions. It changes in one way only, by
 * applying an entry, and an entry is what one request changed. Requests and recovery from the log
 * take the same path, and since an entry says what *is* afterwards rather than what to do,
 * applying one twice does no harm.
 */
import { DynamoError, tableNotFound } from './dynamo-error.ts';
import type { Item } from './attribute-value.ts';
import type { IndexTiming, TableDefinition } from './table.ts';
import { Table } from './table.ts';

export type Change =
  | { readonly put: string; readonly item: Item }
  | { readonly delete: string; readonly key: Item }
  | { readonly create: TableDefinition }
  | { readonly drop: string }
  | { readonly timeToLive: string; readonly attribute: string | null };

/** A ClientRequestToken that was used, with a digest of what it was used for. */
export interface UsedToken {
  readonly token: string;
  readonly digest: string;
  readonly at: number;
}

/** The atomic unit of the store and of its log. */
export interface Entry {
  readonly changes: readonly Change[];
  readonly token?: UsedToken;
}

const TOKEN_WINDOW_MS = 10 * 60_000;

export class Database {
  readonly #tables = new Map<string, Table>();
  readonly #tokens = new Map<string, UsedToken>();

  table(name: string): Table {
    const table = this.#tables.get(name);
    if (!table) throw tableNotFound(name);
    return table;
  }

  has(name: string): boolean {
    return this.#tables.has(name);
  }

  names(): readonly string[] {
    return [...this.#tables.keys()].sort();
  }

  apply(entry: Entry, timing: IndexTiming): void {
    for (const change of entry.changes) {
      if ('put' in change) this.table(change.put).put(change.item, timing);
      else if ('delete' in change) this.table(change.delete).delete(change.key, timing);
      else if ('create' in change) this.#tables.set(change.create.TableName, new Table(change.create));
      else if ('drop' in change) this.#tables.delete(change.drop);
      else this.table(change.timeToLive).timeToLiveAttribute = change.attribute ?? undefined;
    }
    if (entry.token) this.#tokens.set(entry.token.token, entry.token);
  }

  /** True if this token did the same thing within the window; throws if it did another. */
  isRepeat(token: string, digest: string, now: number): boolean {
    for (const [name, used] of this.#tokens) {
      if (used.at + TOKEN_WINDOW_MS > now) break; // tokens stand in the order of their use
      this.#tokens.delete(name);
    }
    const used = this.#tokens.get(token);
    if (used && used.digest !== digest) {
      throw new DynamoError(
        'IdempotentParameterMismatchException',
        'Parameters of the request do not match those of an earlier request with the same ClientRequestToken',
      );
    }
    return used !== undefined;
  }

  /** Entries that make this state from nothing. References are copied now; the entries are made as they are asked for. */
  snapshot(): Iterable<Entry> {
    const tables = [...this.#tables.values()].map((table) => ({ table, items: table.items.copy() }));
    const tokens = [...this.#tokens.values()];
    return (function* () {
      for (const { table, items } of tables) {
        const attribute = table.timeToLiveAttribute ?? null;
        yield { changes: [{ create: table.definition }, { timeToLive: table.name, attribute }] };
        for (const item of items) yield { changes: [{ put: table.name, item }] };
      }
      for (const token of tokens) yield { changes: [], token };
    })();
  }
}
