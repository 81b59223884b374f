/**
 * An open-addressed table from a 32-bit hash to the number of an entry, in typed
 * arrays: 8 bytes a slot, at most two thirds full, no object an entry. Hashes only
 * narrow the search; whether two identities are the same is for the caller to say.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- slots are masked to the size of the arrays */

export interface IdentityTable {
  hashes: Uint32Array;
  /** One more than the entry, so that 0 says the slot is free. */
  entries: Uint32Array;
  filled: number;
}

export const identityTable = (size = 1024): IdentityTable => ({
  hashes: new Uint32Array(size),
  entries: new Uint32Array(size),
  filled: 0,
});

/** The first slot of the hash from `slot` on, or the free one where the search ends. */
export const nextSlot = ({ hashes, entries }: IdentityTable, hash: number, slot: number): number => {
  const mask = entries.length - 1;
  let at = slot & mask;
  while (entries[at] !== 0 && hashes[at] !== hash) at = (at + 1) & mask;
  return at;
};

/** The entry in a slot, or −1 where it is free. */
export const entryIn = ({ entries }: IdentityTable, slot: number): number => entries[slot]! - 1;

/** Puts a new entry into a slot that a search found free. */
export const putEntry = (table: IdentityTable, slot: number, hash: number, entry: number): void => {
  table.hashes[slot] = hash;
  table.entries[slot] = entry + 1;
  if (++table.filled * 3 > table.entries.length * 2) grow(table);
};

const grow = (table: IdentityTable): void => {
  const { hashes, entries } = table;
  const wider = identityTable(entries.length * 2);
  const mask = wider.entries.length - 1;
  for (let from = 0; from < entries.length; from++) {
    if (entries[from] === 0) continue;
    let slot = hashes[from]! & mask;
    while (wider.entries[slot] !== 0) slot = (slot + 1) & mask;
    wider.hashes[slot] = hashes[from]!;
    wider.entries[slot] = entries[from]!;
  }
  table.hashes = wider.hashes;
  table.entries = wider.entries;
};
