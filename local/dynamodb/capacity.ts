/**
 * Consumed capacity as AWS counts it, because what a run would cost is counted from it: a read
 * unit is 4 KB strongly read (half of it eventually), a write unit 1 KB of the larger of old and
 * new item, everything twice in a transaction, and each index pays for its own writes.
 */
import type { Item } from './attribute-value.ts';
import { itemSize } from './item-size.ts';
import type { Metered } from './requests.ts';
import type { Table } from './table.ts';

/**
 * A transaction prepares and commits every item. AWS does not say whether index writes double too: we count them
 * doubled, so that a cost is rather over- than understated.
 */
export const TRANSACTION_FACTOR = 2;

export interface Units {
  readonly table: number;
  readonly indexes: Readonly<Record<string, number>>;
}

export function readUnits(bytes: number, consistent: boolean | undefined): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);
}

export const getUnits = (item: Item | undefined, consistent: boolean | undefined): number =>
  readUnits(item ? itemSize(item) : 0, consistent);

export function writeUnits(table: Table, before: Item | undefined, after: Item | undefined, factor = 1): Units {
  const bytes = Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0);
  const indexes = table.indexes.map((index) => [index.name, factor * index.writeUnits(before, after)] as const);
  return {
    table: factor * Math.max(1, Math.ceil(bytes / 1024)),
    indexes: Object.fromEntries(indexes.filter(([, units]) => units > 0)),
  };
}

/** Sums what several items of one request consumed, table by table. */
export class Meter {
  readonly #byTable = new Map<string, { table: number; indexes: Record<string, number> }>();

  add(table: string, units: Units): void {
    const sum = this.#byTable.get(table) ?? { table: 0, indexes: {} };
    sum.table += units.table;
    for (const [name, more] of Object.entries(units.indexes)) sum.indexes[name] = (sum.indexes[name] ?? 0) + more;
    this.#byTable.set(table, sum);
  }

  /** The `ConsumedCapacity` list of a request over several tables. */
  report(request: Metered, transacted?: 'Read' | 'Write'): { ConsumedCapacity?: readonly object[] } {
    if (!isWanted(request)) return {};
    return {
      ConsumedCapacity: [...this.#byTable].map(([table, units]) => described(request, table, units, transacted)),
    };
  }
}

/** The `ConsumedCapacity` of a request on one table. */
export function consumed(request: Metered & { TableName: string }, units: Units): { ConsumedCapacity?: object } {
  return isWanted(request) ? { ConsumedCapacity: described(request, request.TableName, units) } : {};
}

const isWanted = ({ ReturnConsumedCapacity: wanted }: Metered): boolean => wanted === 'TOTAL' || wanted === 'INDEXES';

function described(request: Metered, table: string, units: Units, transacted?: 'Read' | 'Write'): object {
  const part = (amount: number) => ({
    CapacityUnits: amount,
    ...(transacted && { [`${transacted}CapacityUnits`]: amount }),
  });
  const indexes = Object.entries(units.indexes);
  const total = indexes.reduce((sum, [, amount]) => sum + amount, units.table);
  const detail = request.ReturnConsumedCapacity === 'INDEXES' && {
    Table: part(units.table),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: Object.fromEntries(indexes.map(([name, amount]) => [name, part(amount)])),
    }),
  };
  return { TableName: table, ...part(total), ...detail };
}
