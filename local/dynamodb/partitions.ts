/**
 * The items of a table or index: a map of partitions, each sorted by its sort key. A scan goes
 * through the partitions in the order of a hash, as in AWS, so that nobody comes to rely on their
 * names being sorted. That order is worked out when a scan asks for it, because scans are rare and
 * writes are not.
 */
import { crc32 } from 'node:zlib';
import type { Item } from './attribute-value.ts';
import { SortedEntries } from './sorted-entries.ts';

/** Where an item lives: both texts are sortable keys (see sort-key.ts). */
export interface Location {
  readonly partition: string;
  readonly position: string;
}

export const hashOf = (partition: string): number => crc32(partition);
const scanKey = (partition: string): string => hashOf(partition).toString(16).padStart(8, '0') + partition;

export class Partitions {
  readonly #byName = new Map<string, SortedEntries<Item>>();
  #scanOrder: string[] | undefined;

  get({ partition, position }: Location): Item | undefined {
    return this.#byName.get(partition)?.get(position);
  }

  set({ partition, position }: Location, item: Item): void {
    let entries = this.#byName.get(partition);
    if (!entries) {
      this.#byName.set(partition, (entries = new SortedEntries()));
      this.#scanOrder = undefined;
    }
    entries.set(position, item);
  }

  delete({ partition, position }: Location): void {
    const entries = this.#byName.get(partition);
    entries?.delete(position);
    if (entries?.size === 0) {
      this.#byName.delete(partition);
      this.#scanOrder = undefined;
    }
  }

  partition(name: string): SortedEntries<Item> | undefined {
    return this.#byName.get(name);
  }

  /** Every item in scan order, after `start` if given (which need not exist any more). */
  *scan(start?: Location): Generator<Item> {
    this.#scanOrder ??= [...this.#byName.keys()].map(scanKey).sort((a, b) => (a < b ? -1 : 1));
    const from = start ? scanKey(start.partition) : '';
    for (let i = firstAtLeast(this.#scanOrder, from); i < this.#scanOrder.length; i++) {
      const key = this.#scanOrder[i] as string;
      const entries = this.#byName.get(key.slice(8)) as SortedEntries<Item>;
      let position = start && key === from ? entries.upperBound(start.position) : 0;
      for (; position < entries.size; position++) yield entries.at(position) as Item;
    }
  }

  /** A copy of the references, fit to be written out while the store goes on. */
  copy(): readonly Item[] {
    return [...this.#byName.values()].flatMap((entries) => entries.values());
  }
}

function firstAtLeast(sorted: readonly string[], key: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as string) >= key) high = middle;
    else low = middle + 1;
  }
  return low;
}
