/**
 * One table: its items sorted by key, its indexes kept in step with every put and delete, its size
 * and count.
 */
import type { Item } from './attribute-value.ts';
import { validationError } from './dynamo-error.ts';
import { itemSize } from './item-size.ts';
import type { KeySchema } from './key-schema.ts';
import { checkIndexKey, checkItemKey, keyOf, keySchema, locate } from './key-schema.ts';
import { Partitions } from './partitions.ts';
import type { CreateTableRequest } from './requests.ts';
import { SecondaryIndex } from './secondary-index.ts';

/** What a table was created with, and when (epoch ms). Logged as it stands. */
export interface TableDefinition extends CreateTableRequest {
  readonly createdAt: number;
}

/** When an index write made at `now` becomes visible; see `indexLagMs` in faults.ts. */
export interface IndexTiming {
  readonly now: number;
  readonly lagMs: (table: string, index: string) => number;
}

export class Table {
  readonly definition: TableDefinition;
  readonly schema: KeySchema;
  readonly items = new Partitions();
  readonly indexes: readonly SecondaryIndex[];
  timeToLiveAttribute: string | undefined;
  itemCount = 0;
  bytes = 0;

  constructor(definition: TableDefinition) {
    this.definition = definition;
    this.schema = keySchema(definition.KeySchema, definition.AttributeDefinitions);
    const described = definition.GlobalSecondaryIndexes ?? [];
    this.indexes = described.map((index) => new SecondaryIndex(index, definition, this.schema));
  }

  get name(): string {
    return this.definition.TableName;
  }

  get(key: Item): Item | undefined {
    return this.items.get(locate(this.schema, key));
  }

  put(item: Item, timing: IndexTiming): void {
    const location = locate(this.schema, item);
    const before = this.items.get(location);
    this.items.set(location, item);
    this.#changed(before, item, timing);
  }

  delete(key: Item, timing: IndexTiming): void {
    const location = locate(this.schema, key);
    const before = this.items.get(location);
    if (!before) return;
    this.items.delete(location);
    this.#changed(before, undefined, timing);
  }

  #changed(before: Item | undefined, after: Item | undefined, { now, lagMs }: IndexTiming): void {
    this.itemCount += (after ? 1 : 0) - (before ? 1 : 0);
    this.bytes += (after ? itemSize(after) : 0) - (before ? itemSize(before) : 0);
    for (const index of this.indexes) index.change(before, after, now, lagMs(this.name, index.name));
  }

  /** Throws unless the item's key attributes, of the table and of its indexes, are as they must be. */
  checkItem(item: Item): void {
    checkItemKey(this.schema, item);
    for (const index of this.indexes) checkIndexKey(index.name, index.schema, item);
  }

  index(name: string): SecondaryIndex {
    const found = this.indexes.find((index) => index.name === name);
    if (!found) throw validationError(`The table does not have the specified index: ${name}`);
    return found;
  }

  keyOf(item: Item): Item {
    return keyOf(this.schema, item);
  }
}
