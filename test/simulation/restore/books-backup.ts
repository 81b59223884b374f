/** A backup of the table `books`, item by item past every fault, and the table brought back to it. */
import type { Item } from '#local/dynamodb/attribute-value.ts';
import { itemKey, scanTable } from '#local/snapshot/scan-table.ts';
import { tableNames } from '#local/tables.ts';
import type { Engines } from '../cloud/engines.ts';

export interface BooksBackup {
  readonly items: readonly Item[];
}

export const takeBackup = async ({ store, peek }: Engines): Promise<BooksBackup> => ({
  items: structuredClone<readonly Item[]>(await peek(() => scanTable(store, tableNames.books))),
});

/** As from a restore to another table: what is not in the backup is not there. */
export const restoreBackup = async ({ store, peek }: Engines, { items }: BooksBackup): Promise<void> => {
  const execute = (operation: string, input: object) =>
    peek(() => store.execute(operation, { TableName: tableNames.books, ...input }));
  const kept = new Set(items.map(itemKey));
  for (const item of await peek(() => scanTable(store, tableNames.books)))
    if (!kept.has(itemKey(item))) await execute('DeleteItem', { Key: { pk: item['pk'], sk: item['sk'] } });
  for (const item of items) await execute('PutItem', { Item: item });
};
