/**
 * Time to live. DynamoDB promises only that an expired item goes some time within days; until then
 * it is read like any other. So nothing expires here by itself: who drives the store calls
 * `expire` and says which items are noticed.
 */
import type { Item } from './attribute-value.ts';
import { attribute } from './attribute-value.ts';
import type { Change, Database } from './database.ts';

export type Expiry = (table: string, item: Item) => boolean;

const FIVE_YEARS_S = 5 * 365 * 24 * 3600;

/** Deletions of the noticed items whose time is past. Items past by more than five years are left alone, as in AWS. */
export function expired(database: Database, now: number, isNoticed: Expiry): readonly Change[] {
  const seconds = Math.floor(now / 1000);
  return database.names().flatMap((name) => {
    const table = database.table(name);
    const { timeToLiveAttribute } = table;
    if (timeToLiveAttribute === undefined) return [];
    return table.items
      .copy()
      .filter((item) => {
        const at = Number(attribute(item, timeToLiveAttribute)?.N ?? NaN);
        return at <= seconds && at > seconds - FIVE_YEARS_S && isNoticed(name, item);
      })
      .map((item) => ({ delete: name, key: table.keyOf(item) }));
  });
}
