/**
 * BatchGetItem and BatchWriteItem: up to 100 reads or 25 writes, each for itself, of which some
 * may come back as unprocessed. A client that does not send those again loses them, which is why a
 * fault can ask for it.
 */
import type { Item } from './attribute-value.ts';
import { getUnits, Meter, writeUnits } from './capacity.ts';
import type { Change } from './database.ts';
import { validationError } from './dynamo-error.ts';
import { errorOf } from './faults.ts';
import type { Handlers } from './handler.ts';
import { projected, readItem } from './read.ts';
import type { BatchedWrite, KeysToGet } from './requests.ts';
import { decideWrite, target } from './write.ts';

const MAX_WRITES = 25;

export const batchOperations: Handlers<'BatchGetItem' | 'BatchWriteItem'> = {
  BatchGetItem({ database, faults }, request) {
    const meter = new Meter();
    const responses: Record<string, Item[]> = {};
    const unprocessed: Record<string, KeysToGet> = {};
    for (const [table, wanted] of Object.entries(request.RequestItems)) {
      const found: Item[] = (responses[table] = []);
      const left: Item[] = [];
      for (const key of wanted.Keys) {
        const item = readItem(database, table, key);
        if (faults.unprocessed?.('BatchGetItem', table, key)) {
          left.push(key);
          continue;
        }
        meter.add(table, { table: getUnits(item, wanted.ConsistentRead), indexes: {} });
        if (item) found.push(projected(item, wanted._projection));
      }
      if (left.length > 0) unprocessed[table] = { ...withoutParsed(wanted), Keys: left };
    }
    const kept = Object.values(unprocessed).flatMap((keys) => keys.Keys).length;
    const asked = Object.values(request.RequestItems).flatMap((keys) => keys.Keys).length;
    if (kept === asked) throw errorOf('throttle', request);
    return { Responses: responses, UnprocessedKeys: unprocessed, ...meter.report(request) };
  },

  BatchWriteItem({ database, faults, commit }, request) {
    const meter = new Meter();
    const changes: Change[] = [];
    const unprocessed: Record<string, BatchedWrite[]> = {};
    const writes = Object.entries(request.RequestItems).flatMap(([table, list]) =>
      list.map((write) => ({ table, write })),
    );
    if (writes.length > MAX_WRITES) throw validationError('Too many items requested for the BatchWriteItem call');
    if (Object.values(request.RequestItems).some((list) => list.length === 0)) {
      throw validationError('The batch write request list for a table cannot be null or empty');
    }
    const seen = new Set<string>();
    for (const { table, write } of writes) {
      const { kind, single } = asSingle(table, write);
      const { key } = target(database, single);
      const identity = JSON.stringify([table, key]);
      if (seen.has(identity)) throw validationError('Provided list of item keys contains duplicates');
      seen.add(identity);
      const effect = decideWrite(database, kind, single);
      if (faults.unprocessed?.('BatchWriteItem', table, single.Item ?? key)) {
        (unprocessed[table] ??= []).push(write);
        continue;
      }
      meter.add(table, writeUnits(effect.table, effect.before, effect.after));
      changes.push(...effect.changes);
    }
    if (Object.values(unprocessed).flat().length === writes.length) throw errorOf('throttle', request);
    if (changes.length > 0) commit({ changes });
    return { UnprocessedItems: unprocessed, ...meter.report(request) };
  },
};

function asSingle(TableName: string, { PutRequest: put, DeleteRequest: remove }: BatchedWrite) {
  if (put && !remove) return { kind: 'Put', single: { TableName, Item: put.Item } } as const;
  if (remove && !put) return { kind: 'Delete', single: { TableName, Key: remove.Key } } as const;
  throw validationError('A write request must contain exactly one of PutRequest and DeleteRequest');
}

const withoutParsed = (wanted: KeysToGet): KeysToGet => {
  const { _projection: _, ...asSent } = wanted;
  return asSent;
};
