/**
 * What the identities of a piece have besides their bits: the pairs of source and
 * family of ids that its rows really have, most often one. A pair's key is the same
 * text in every piece.
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- places come from the columns that hold them */
import type { UsageColumns } from './usage-columns.ts';

export interface IdNamespaces {
  readonly keys: readonly string[];
  readonly namespaceOf: Uint16Array;
}

export const idNamespaces = ({ count, sources, sourceOf, ids }: UsageColumns): IdNamespaces => {
  const keys: string[] = [];
  const places = new Map<number, number>();
  const namespaceOf = new Uint16Array(count);
  let lastPair = -1;
  let place = -1;
  for (let row = 0; row < count; row++) {
    const pair = sourceOf[row]! * ids.families.length + ids.familyOf[row]!;
    if (pair !== lastPair) {
      lastPair = pair;
      place = places.get(pair) ?? keys.length;
      if (place === keys.length) {
        const { shape, width, prefix } = ids.families[ids.familyOf[row]!]!;
        keys.push(JSON.stringify([sources[sourceOf[row]!], shape, width, prefix]));
        places.set(pair, place);
      }
    }
    namespaceOf[row] = place;
  }
  return { keys, namespaceOf };
};
