/**
 * What runs that were given up left half done, told again: a range that was rated and not
 * billed to its end, or billed and not numbered, goes on from where it is, however long
 * ago its night was; nothing else would find its drafts. One that was never rated has no
 * draft, and its periods are due still.
 */
import type { DomainEvent } from '#events/domain-events.ts';
import type { Books } from '../ports.ts';
import { nextOfRatedRange } from '../records/rated-range.ts';

type Told = DomainEvent<'range.rated' | 'series.ready'>;

export interface Unfinished {
  /** The runs that have such ranges. */
  readonly runs: readonly string[];
  readonly tell: readonly Told[];
}

/** As many as leave room in one answer; the rest are told of the next night. */
const mostTold = 40;

export const unfinishedRanges = async (books: Books, runs: readonly string[]): Promise<Unfinished> => {
  const tell: Told[] = [];
  const unfinished: string[] = [];
  for (const run of runs) {
    const ranges = (await books.list(['runRange'], { run, range: 0 })).map(({ value }) => value);
    const left = ranges.filter(({ rated, numbered }) => rated !== null && !numbered);
    if (left.length > 0) unfinished.push(run);
    for (const range of left) tell.push(...(await nextOfRatedRange(books, range)));
  }
  return { runs: unfinished, tell: tell.slice(0, mostTold) };
};
