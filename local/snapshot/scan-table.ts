/** Every item of a table in the store's wire shape, every page drained; straight from the engine, past every adapter. */
import type { Item } from '../dynamodb/attribute-value.ts';
import type { Store } from '../dynamodb/store.ts';

interface Page {
  readonly Items?: readonly Item[];
  readonly LastEvaluatedKey?: Item;
}

export const scanTable = async (store: Pick<Store, 'execute'>, table: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page: Page = await store.execute('Scan', {
      TableName: table,
      ConsistentRead: true,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    });
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
};

/** An item's keys as one text, for a person to find it by. */
export const itemKey = ({ pk, sk }: Item): string => `${pk?.S ?? ''} ${sk?.S ?? ''}`;
