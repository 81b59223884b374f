/** What a check of the audit answers: nothing, or which invariant does not hold, where, and how one sees it. */
import type { Snapshot } from './snapshot.ts';

export interface Violation {
  /** As ARCHITECTURE.md numbers them. */
  readonly invariant: `I${number}`;
  /** The ids of what it is about, the most telling first. */
  readonly keys: readonly string[];
  /** One sentence for a person, with the two figures that differ where there are two. */
  readonly what: string;
}

export type Check = (snapshot: Snapshot) => readonly Violation[];

/** A violation unless the condition holds. */
export const must = (
  holds: boolean,
  invariant: Violation['invariant'],
  what: string,
  ...keys: readonly string[]
): readonly Violation[] => (holds ? [] : [{ invariant, keys, what }]);
