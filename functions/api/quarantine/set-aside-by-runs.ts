/**
 * What runs set aside, the newest run first, a page of it. A page looks through a
 * bounded number of runs, so one of few finds may be short and still name the next.
 */
import type { RunRange } from '#domain/invoicing/billing-run.ts';
import type { Books } from '../../ports.ts';
import type { QuarantineEntry } from '../../rate-range/list-quarantined.ts';
import { isAskedFor, type QuarantineFilter, type QuarantineLine, quarantineLine } from './quarantine-entry.ts';

/** How many runs one page looks through: a quarter of a year of nights. */
const mostRuns = 92;

export interface SetAside {
  readonly entries: readonly QuarantineLine[];
  /** `{run}` wholly seen, or `{run}#{entries of it seen}`. */
  readonly next: string | null;
}

export const setAsideByRuns = async (
  books: Books,
  filter: QuarantineFilter,
  limit: number,
  after?: string,
): Promise<SetAside> => {
  const [begun = '', seen] = after?.split('#') ?? [];
  const { sorts, next } = await books.index('run', {
    limit: mostRuns,
    newestFirst: true,
    ...(begun === '' ? {} : { after: begun }),
  });
  const entries: QuarantineLine[] = [];
  for (const run of seen === undefined ? sorts : [begun, ...sorts]) {
    const all = await entriesOf(books, run);
    for (const [i, entry] of all.entries()) {
      if (run === begun && i < Number(seen)) continue;
      if (isAskedFor(filter, entry)) entries.push(quarantineLine(entry, entry));
      const isLast = i === all.length - 1 && run === sorts.at(-1) && next === null;
      if (entries.length === limit) return { entries, next: isLast ? null : `${run}#${String(i + 1)}` };
    }
  }
  return { entries, next };
};

const entriesOf = async (books: Books, run: string): Promise<readonly QuarantineEntry[]> => {
  const ranges = (await books.list(['runRange'], { run, range: 0 })).map(({ value }) => value);
  const lists = await Promise.all(ranges.map((range) => entriesIn(books, range)));
  return lists.flat();
};

const entriesIn = async (books: Books, { rated }: RunRange): Promise<readonly QuarantineEntry[]> =>
  rated === null || rated.quarantined === null
    ? []
    : ((await books.part(rated.quarantined)) as readonly QuarantineEntry[]);
