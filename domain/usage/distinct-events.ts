/**
 * Tells distinct events from repeats over any number of pieces. An event's identity
 * is (source, id); a repeat has the same identity and the same body, and another
 * body of a known identity is kept as its rival. Memory grows with the distinct
 * events kept, not with what is read: identities lie in an open-addressed table of
 * typed arrays, and where two hashes agree the identities themselves are compared.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- entries come from the arrays they index */
import { bodyColumns, type BodyColumns, fingerprintBody } from './event-body.ts';
import { fingerprintBytes, fingerprintHex, type Fingerprint } from './fingerprint.ts';
import { entryIn, type IdentityTable, identityTable, nextSlot, putEntry } from './identity-table.ts';
import { sameText } from './text-table.ts';
import { selectRows, type UsageColumns } from './usage-columns.ts';

/** Columns kept, and what was worked out about them. */
interface Block {
  readonly columns: UsageColumns;
  readonly body: BodyColumns;
  readonly namespaceOf: Uint16Array;
  /** The number, among all pieces, of each namespace of these columns. */
  readonly namespaceNumbers: Uint32Array;
}

/** The bodies kept, as entries from 0 up to `size`, in the order of their blocks. */
export interface DistinctEvents {
  readonly blocks: Block[];
  blockOf: Uint32Array;
  rowOf: Uint16Array;
  /** When each entry's body first arrived. */
  arrivedAtMs: Float64Array;
  size: number;
  readonly table: IdentityTable;
  readonly namespaceNumbers: Map<string, number>;
  /** First entry of an identity → its other bodies' entries, by fingerprint. Few identities have any. */
  readonly rivals: Map<number, Map<string, number>>;
}

export const distinctEvents = (): DistinctEvents => ({
  blocks: [],
  blockOf: new Uint32Array(1024),
  rowOf: new Uint16Array(1024),
  arrivedAtMs: new Float64Array(1024),
  size: 0,
  table: identityTable(),
  namespaceNumbers: new Map(),
  rivals: new Map(),
});

const words: Fingerprint = new Uint32Array(4);
const otherWords: Fingerprint = new Uint32Array(4);

const blockFrom = ({ namespaceNumbers }: DistinctEvents, columns: UsageColumns): Block => {
  const body = bodyColumns(columns);
  const { keys, namespaceOf } = body.namespaces;
  const numberOf = (key: string): number => {
    const number = namespaceNumbers.get(key) ?? namespaceNumbers.size;
    namespaceNumbers.set(key, number);
    return number;
  };
  return { columns, body, namespaceOf, namespaceNumbers: Uint32Array.from(keys, numberOf) };
};

const namespaceAt = (block: Block, row: number): number => block.namespaceNumbers[block.namespaceOf[row]!]!;

const isRaw = ({ ids }: UsageColumns, row: number): boolean => ids.families[ids.familyOf[row]!]!.shape === 'raw';

const hashOf = (block: Block, row: number): number => {
  const { ids } = block.columns;
  let from = ids.words;
  let at = row * 4;
  if (isRaw(block.columns, row)) {
    const text = ids.words[at + 3]!;
    fingerprintBytes(ids.raw.bytes, ids.raw.starts[text]!, ids.raw.starts[text + 1]!, words);
    from = words;
    at = 0;
  }
  let hash = Math.imul(namespaceAt(block, row) + 1, 0x9e3779b1);
  for (let word = 0; word < 4; word++) {
    hash = Math.imul(hash ^ from[at + word]!, 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return (Math.imul(hash, 0xc2b2ae35) ^ (hash >>> 13)) >>> 0;
};

const isSameIdentity = (block: Block, row: number, known: Block, knownRow: number): boolean => {
  if (namespaceAt(block, row) !== namespaceAt(known, knownRow)) return false;
  const a = block.columns.ids;
  const b = known.columns.ids;
  if (isRaw(block.columns, row)) return sameText(a.raw, a.words[row * 4 + 3]!, b.raw, b.words[knownRow * 4 + 3]!);
  for (let word = 0; word < 4; word++) if (a.words[row * 4 + word] !== b.words[knownRow * 4 + word]) return false;
  return true;
};

/** The slot of the first entry with the row's identity, or the free slot where one belongs. */
const slotOfIdentity = ({ table, blocks, blockOf, rowOf }: DistinctEvents, block: Block, row: number, hash: number) => {
  let slot = nextSlot(table, hash, hash);
  for (let entry = entryIn(table, slot); entry >= 0; entry = entryIn(table, slot)) {
    if (isSameIdentity(block, row, blocks[blockOf[entry]!]!, rowOf[entry]!)) break;
    slot = nextSlot(table, hash, slot + 1);
  }
  return slot;
};

const keep = (events: DistinctEvents, row: number, arrivedAtMs: number): number => {
  const { blockOf, rowOf, size } = events;
  if (size === rowOf.length) {
    const arrivals = events.arrivedAtMs;
    events.blockOf = new Uint32Array(size * 2);
    events.rowOf = new Uint16Array(size * 2);
    events.arrivedAtMs = new Float64Array(size * 2);
    events.blockOf.set(blockOf);
    events.rowOf.set(rowOf);
    events.arrivedAtMs.set(arrivals);
  }
  events.blockOf[size] = events.blocks.length - 1;
  events.rowOf[size] = row;
  events.arrivedAtMs[size] = arrivedAtMs;
  return events.size++;
};

/** Notes a further event of the identity of entry `first`; true where its body is known. */
const isRepeat = (events: DistinctEvents, block: Block, row: number, first: number, arrivedAtMs: number): boolean => {
  fingerprintBody(block.body, row, words);
  fingerprintEntry(events, first, otherWords);
  const isFirst = words.every((word, i) => word === otherWords[i]);
  const known = isFirst ? first : events.rivals.get(first)?.get(fingerprintHex(words));
  if (known !== undefined) {
    events.arrivedAtMs[known] = Math.min(events.arrivedAtMs[known]!, arrivedAtMs);
    return true;
  }
  const rivals = events.rivals.get(first) ?? new Map<string, number>();
  events.rivals.set(first, rivals.set(fingerprintHex(words), keep(events, row, arrivedAtMs)));
  return false;
};

/** Leaves of the newest block only the rows kept, where repeats are most of it. */
const compact = (events: DistinctEvents, columns: UsageColumns, firstKept: number): void => {
  const { blocks, rowOf, size } = events;
  if ((size - firstKept) * 2 > columns.count) return;
  blocks.pop();
  if (size === firstKept) return;
  blocks.push(blockFrom(events, selectRows(columns, rowOf.slice(firstKept, size))));
  for (let entry = firstKept; entry < size; entry++) rowOf[entry] = entry - firstKept;
};

/** Takes in all events of the columns, which arrived together; how many of them were repeats. */
export const addEvents = (events: DistinctEvents, columns: UsageColumns, arrivedAtMs: number): number => {
  const block = blockFrom(events, columns);
  const firstKept = events.size;
  let repeats = 0;
  events.blocks.push(block);
  for (let row = 0; row < columns.count; row++) {
    const hash = hashOf(block, row);
    const slot = slotOfIdentity(events, block, row, hash);
    const first = entryIn(events.table, slot);
    if (first < 0) putEntry(events.table, slot, hash, keep(events, row, arrivedAtMs));
    else if (isRepeat(events, block, row, first, arrivedAtMs)) repeats++;
  }
  compact(events, columns, firstKept);
  return repeats;
};

export const columnsOf = ({ blocks, blockOf }: DistinctEvents, entry: number): UsageColumns =>
  blocks[blockOf[entry]!]!.columns;

/** Writes the fingerprint of the entry's body. */
export const fingerprintEntry = (
  { blocks, blockOf, rowOf }: DistinctEvents,
  entry: number,
  into: Fingerprint,
): void => {
  fingerprintBody(blocks[blockOf[entry]!]!.body, rowOf[entry]!, into);
};

/** The entries of each identity that came with several bodies. */
export const rivalsIn = ({ rivals }: DistinctEvents): readonly (readonly number[])[] =>
  [...rivals].map(([first, others]) => [first, ...others.values()]);
