/**
 * What a kind of record is: where it is kept, and by which sparse indexes it is
 * found. A record's key is made from what identifies it, in this one place; the
 * book prefix (`L#` live) is put before it by the adapter.
 */
export interface Place {
  readonly partition: string;
  readonly sort: string;
}

/** Index entries: found by index, decided from the base record. Each is a partition and a sort text. */
export interface IndexEntries {
  /** Work that falls due at an instant: billing periods, payment attempts. */
  readonly due?: Place;
  /** Lists by kind for people: newest last. */
  readonly list?: Place;
}

export interface RecordDefinition<Value, Key> {
  readonly place: (key: Key) => Place;
  readonly keyOf: (value: Value) => Key;
  readonly indexes?: (value: Value) => IndexEntries;
  /** The partition's fixed beginning, for least-privilege grants: `C#`. */
  readonly leading: string;
  /** What the sorts of this kind begin with in their partition; all of it where absent. */
  readonly sorts?: string;
  /** True where a record is written once and never changed: no change is granted. */
  readonly immutable?: true;
}

export const record = <Value, Key>(definition: RecordDefinition<Value, Key>): RecordDefinition<Value, Key> =>
  definition;

/** Spreads index partitions over 16 shards by the record's own id, so that no night is one hot partition. */
export const shardOf = (id: string): number => {
  let hash = 0;
  for (let i = 0; i < id.length; i += 1) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) >>> 0;
  return hash % shards;
};
export const shards = 16;

/** The sort of nothing but itself. */
export const only = '0';

export const padded = (n: number, width = 8): string => String(n).padStart(width, '0');
