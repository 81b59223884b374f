/**
 * What runs that were given up left undone, told again every night until it is done: a
 * range goes on from where it is, however long ago its night was. One that was never
 * rated is among them: its periods are due still and the next run's, but its message may
 * come through after all, and what it then drafts nothing else would find.
 */
import type { DomainEvent } from '#events/domain-events.ts';
import type { Books } from '../ports.ts';
import { nextOfRange } from '../records/next-of-range.ts';

type Told = DomainEvent<'range.due' | 'range.rated' | 'series.ready'>;

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
    const left = ranges.filter(({ numbered }) => !numbered);
    if (left.length > 0) unfinished.push(run);
    for (const range of left) tell.push(...(await nextOfRange(books, range)));
  }
  return { runs: unfinished, tell: tell.slice(0, mostTold) };
};
