/** Reading single items: GetItem, and what BatchGetItem and TransactGetItems share with it. */
import type { Item } from './attribute-value.ts';
import { consumed, getUnits } from './capacity.ts';
import type { Database } from './database.ts';
import type { ParsedProjection } from './dynalite-modules.ts';
import { pick } from './dynalite-modules.ts';
import type { Handlers } from './handler.ts';
import { checkKey } from './key-schema.ts';

/** The whole item, for measuring; the caller projects it. Throws if the key does not fit the table. */
export function readItem(database: Database, tableName: string, key: Item): Item | undefined {
  const table = database.table(tableName);
  checkKey(table.schema, key);
  return table.get(key);
}

export const projected = (item: Item, projection: ParsedProjection | undefined): Item =>
  projection ? pick(item, projection.paths) : item;

export const readOperations: Handlers<'GetItem'> = {
  GetItem({ database }, request) {
    const item = readItem(database, request.TableName, request.Key);
    const units = { table: getUnits(item, request.ConsistentRead), indexes: {} };
    return { ...(item && { Item: projected(item, request._projection) }), ...consumed(request, units) };
  },
};
