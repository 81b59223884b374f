/**
 * A global secondary index: a second sorted copy of those items that have its key attributes, with
 * the attributes it projects. It is derived from its table and never logged. Changes become
 * visible at once, or, where a fault plan says so, later and in order, as in AWS where an index is
 * only eventually consistent.
 */
import type { Item } from './attribute-value.ts';
import { attribute, equal } from './attribute-value.ts';
import { itemSize } from './item-size.ts';
import type { KeySchema } from './key-schema.ts';
import { attributesOf, keySchema, locate } from './key-schema.ts';
import type { Location } from './partitions.ts';
import { Partitions } from './partitions.ts';
import type { CreateTableRequest, IndexDescription } from './requests.ts';

interface PendingChange {
  readonly visibleAt: number;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

export class SecondaryIndex {
  readonly name: string;
  readonly schema: KeySchema;
  readonly #tableSchema: KeySchema;
  readonly #projected: ReadonlySet<string> | 'ALL';
  readonly #entries = new Partitions();
  #pending: PendingChange[] = [];

  constructor(description: IndexDescription, table: CreateTableRequest, tableSchema: KeySchema) {
    this.name = description.IndexName;
    this.schema = keySchema(description.KeySchema, table.AttributeDefinitions);
    this.#tableSchema = tableSchema;
    const { ProjectionType, NonKeyAttributes = [] } = description.Projection;
    const keys = [...attributesOf(this.schema), ...attributesOf(tableSchema)].map((part) => part.name);
    this.#projected = ProjectionType === 'ALL' ? 'ALL' : new Set([...keys, ...NonKeyAttributes]);
  }

  projects(name: string): boolean {
    return this.#projected === 'ALL' || this.#projected.has(name);
  }

  get projectsAll(): boolean {
    return this.#projected === 'ALL';
  }

  /** What the index holds of an item; undefined when the item lacks a key attribute. */
  entryOf(item: Item | undefined): Item | undefined {
    if (!item || attributesOf(this.schema).some(({ name }) => !attribute(item, name))) return undefined;
    if (this.#projected === 'ALL') return item;
    return Object.fromEntries(Object.entries(item).filter(([name]) => this.projects(name)));
  }

  /** Index key first, then the table key, because many items may share one index key. */
  locate(item: Item): Location {
    const { partition, position } = locate(this.#tableSchema, item);
    return locate(this.schema, item, [partition, position]);
  }

  change(before: Item | undefined, after: Item | undefined, now: number, lagMs: number): void {
    const [old, next] = [this.entryOf(before), this.entryOf(after)];
    if (!old && !next) return;
    const visibleAt = Math.max(now + lagMs, this.#pending.at(-1)?.visibleAt ?? 0);
    this.#pending.push({ visibleAt, before: old, after: next });
    if (lagMs === 0) this.#settle(now);
  }

  /** The entries a reader sees at this instant. */
  entriesAt(now: number): Partitions {
    if (this.#pending.length > 0) this.#settle(now);
    return this.#entries;
  }

  #settle(now: number): void {
    const due = this.#pending.findIndex((change) => change.visibleAt > now);
    const visible = this.#pending.splice(0, due === -1 ? this.#pending.length : due);
    for (const { before, after } of visible) {
      if (before) this.#entries.delete(this.locate(before));
      if (after) this.#entries.set(this.locate(after), after);
    }
  }

  /** Write units of 1 KB: none if no projected attribute changed, two writes (delete and put) if the entry moves. */
  writeUnits(before: Item | undefined, after: Item | undefined): number {
    const [old, next] = [this.entryOf(before), this.entryOf(after)];
    const units = (entry: Item): number => Math.ceil(itemSize(entry) / 1024);
    if (!old || !next) return old ? units(old) : next ? units(next) : 0;
    if (equal({ M: old }, { M: next })) return 0;
    const moved = attributesOf(this.schema).some(({ name }) => !equal(old[name] ?? {}, next[name] ?? {}));
    return moved ? units(old) + units(next) : Math.max(units(old), units(next));
  }
}
