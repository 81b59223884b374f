/** The parts of a book, put together from their pieces and inflated: the stored texts, not yet believed. */
import { inflateRawSync } from 'node:zlib';
import type { Flaw } from '#domain/audit/snapshot.ts';
import type { Item } from '../dynamodb/attribute-value.ts';

export const partsSeen = (
  items: readonly Item[],
): { readonly parts: ReadonlyMap<string, string>; readonly flaws: readonly Flaw[] } => {
  const parts = new Map<string, string>();
  const flaws: Flaw[] = [];
  for (const [partition, pieces] of Map.groupBy(items, ({ pk }) => pk?.S ?? '')) {
    const hash = partition.slice(partition.lastIndexOf('#') + 1);
    const inOrder = [...pieces].sort((a, b) => Number(a['sk']?.S) - Number(b['sk']?.S));
    // A part whose writing was cut off lacks its first pieces, and nobody was told of it.
    if (inOrder[0]?.['sk']?.S !== '0') continue;
    const text = inflated(inOrder);
    if (text === undefined) flaws.push({ key: partition, what: 'A part lacks a piece, or cannot be inflated.' });
    else parts.set(hash, text);
  }
  return { parts, flaws };
};

const inflated = (pieces: readonly Item[]): string | undefined => {
  if (pieces.length !== Number(pieces[0]?.['pieces']?.N)) return undefined;
  try {
    return inflateRawSync(
      Buffer.concat(pieces.map((piece) => Buffer.from(piece['bytes']?.B ?? '', 'base64'))),
    ).toString('utf8');
  } catch {
    return undefined;
  }
};
