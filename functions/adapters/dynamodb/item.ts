/**
 * A record as an item of the table: its place, kind, version, content hash, sparse
 * index keys, and its value as JSON text, so that no number of ours ever becomes a
 * DynamoDB or JavaScript one. Reading an item of another kind at a place is a bug.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { assert, present } from '#domain/assert.ts';
import { canonicalHash } from '#domain/canonical.ts';
import { fromPlain, toPlain } from '#domain/plain.ts';
import { type Handle, handleOf } from '../../handle.ts';
import { type IndexEntries, type Place, type RecordDefinition } from '../../records/record.ts';
import { type KeyOf, type RecordKind, records, type ValueOf } from '../../records/index.ts';
import { type Book, partitionIn } from './book.ts';

export type Item = Record<string, AttributeValue>;

/** The attributes of the two sparse, keys-only indexes. */
export const indexes = { due: ['duePk', 'dueSk'], list: ['listPk', 'listSk'] } as const;

export const placeOf = <Kind extends RecordKind>(kind: Kind, key: KeyOf<Kind>): Place => definition(kind).place(key);

/** What the sorts of a kind begin with in their partition; empty where it has the partition to itself. */
export const sortsOf = (kind: RecordKind): string => definition(kind).sorts ?? '';

export const keyAttributes = (book: Book, { partition, sort }: Place): Item => ({
  pk: { S: partitionIn(book, partition) },
  sk: { S: sort },
});

export const itemOf = <Kind extends RecordKind>(
  book: Book,
  kind: Kind,
  value: ValueOf<Kind>,
  version: number,
): Item => {
  const { place, keyOf, indexes: entriesOf } = definition(kind);
  return {
    ...keyAttributes(book, place(keyOf(value))),
    kind: { S: kind },
    version: { N: String(version) },
    hash: { S: canonicalHash(value) },
    body: { S: JSON.stringify(toPlain(value)) },
    ...indexAttributes(book, entriesOf?.(value) ?? {}),
  };
};

export const handleIn = <Kind extends RecordKind>(kinds: readonly Kind[], item: Item): Handle<Kind> => {
  const kind = present(item['kind']?.S, 'an item says its kind') as Kind;
  assert(kinds.includes(kind), `an item of kind ${kind} where ${kinds.join(' or ')} was read`);
  const value = fromPlain(JSON.parse(present(item['body']?.S, `an item of kind ${kind} has a body`)));
  return handleOf(
    kind,
    value as ValueOf<Kind>,
    Number(present(item['version']?.N, `an item of kind ${kind} has a version`)),
  );
};

const indexAttributes = (book: Book, entries: IndexEntries): Item =>
  Object.fromEntries(
    Object.entries(indexes).flatMap(([name, [partition, sort]]) => {
      const entry = entries[name as keyof IndexEntries];
      return entry === undefined
        ? []
        : [
            [partition, { S: partitionIn(book, entry.partition) }],
            [sort, { S: entry.sort }],
          ];
    }),
  );

// One record's definition, with its value and key types tied to the kind; TypeScript cannot follow the lookup.
const definition = <Kind extends RecordKind>(kind: Kind) =>
  records[kind] as unknown as RecordDefinition<ValueOf<Kind>, KeyOf<Kind>>;
