/**
 * One write, decided but not yet done: what the item was and will be, and what changes. Single
 * writes, batches and transactions all decide with the same function and differ only in what they
 * commit together.
 */
import type { Item } from './attribute-value.ts';
import { consumed, writeUnits } from './capacity.ts';
import { meets } from './condition.ts';
import type { Change, Database } from './database.ts';
import { pick } from './dynalite-modules.ts';
import type { ParsedUpdate } from './dynalite-modules.ts';
import { conditionFailed, validationError } from './dynamo-error.ts';
import type { Context, Handlers } from './handler.ts';
import { itemSize, MAX_ITEM_BYTES } from './item-size.ts';
import { checkKey } from './key-schema.ts';
import type { WriteKind, WriteRequest } from './requests.ts';
import type { Table } from './table.ts';
import { updatedItem } from './updated-item.ts';

export interface Effect {
  readonly table: Table;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly changes: readonly Change[];
}

/** The table and key a write is about. Throws if the key does not fit the table. */
export function target(database: Database, request: WriteRequest): { readonly table: Table; readonly key: Item } {
  const table = database.table(request.TableName);
  if (request.Item) {
    table.checkItem(request.Item);
    return { table, key: table.keyOf(request.Item) };
  }
  const key = request.Key as Item;
  checkKey(table.schema, key);
  return { table, key };
}

/** Decides a write against the present state. Throws a failed condition (with the item, if asked) or a bad value. */
export function decideWrite(database: Database, kind: WriteKind, request: WriteRequest): Effect {
  const { table, key } = target(database, request);
  if (request._updates) refuseKeyUpdates(table, request._updates);
  const before = table.get(key);
  if (request._condition && !meets(before ?? {}, request._condition.expression)) {
    throw conditionFailed(request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? before : undefined);
  }
  if (kind === 'ConditionCheck') return { table, before, after: before, changes: [] };
  if (kind === 'Delete') {
    const changes = before ? [{ delete: table.name, key }] : [];
    return { table, before, after: undefined, changes };
  }
  const after = kind === 'Put' ? (request.Item as Item) : updatedItem(before ?? key, request._updates?.sections ?? []);
  checkSize(kind, after);
  if (kind === 'Update') table.checkItem(after);
  return { table, before, after, changes: [{ put: table.name, item: after }] };
}

function checkSize(kind: WriteKind, item: Item): void {
  if (itemSize(item) <= MAX_ITEM_BYTES) return;
  throw validationError(`Item size${kind === 'Update' ? ' to update' : ''} has exceeded the maximum allowed size`);
}

function refuseKeyUpdates(table: Table, update: ParsedUpdate): void {
  const key = table.schema.find((part) => update.sections.some((section) => section.path[0] === part?.name));
  if (!key) return;
  throw validationError(
    'One or more parameter values were invalid: ' +
      `Cannot update attribute ${key.name}. This attribute is part of the key`,
  );
}

export const writeOperations: Handlers<'PutItem' | 'UpdateItem' | 'DeleteItem'> = {
  PutItem: (context, request) => writeOne(context, 'Put', request),
  UpdateItem: (context, request) => writeOne(context, 'Update', request),
  DeleteItem: (context, request) => writeOne(context, 'Delete', request),
};

function writeOne({ database, commit }: Context, kind: WriteKind, request: WriteRequest): object {
  const { table, before, after, changes } = decideWrite(database, kind, request);
  const units = writeUnits(table, before, after);
  if (changes.length > 0) commit({ changes });
  const attributes = returned(request, before, after);
  return { ...(attributes && { Attributes: attributes }), ...consumed(request, units) };
}

function returned(request: WriteRequest, before: Item | undefined, after: Item | undefined): Item | undefined {
  const paths = request._updates?.paths ?? [];
  switch (request.ReturnValues) {
    case 'ALL_OLD':
      return before;
    case 'ALL_NEW':
      return after;
    case 'UPDATED_OLD':
      return before && unlessEmpty(pick(before, paths));
    case 'UPDATED_NEW':
      return after && unlessEmpty(pick(after, paths));
    default:
      return undefined;
  }
}

const unlessEmpty = (item: Item): Item | undefined => (Object.keys(item).length > 0 ? item : undefined);
