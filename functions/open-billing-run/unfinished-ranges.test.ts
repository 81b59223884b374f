/** Ranges of runs that were given up are told again, each of its next step, until every one of them is numbered. */
import { expect, it } from 'vitest';
import type { RunRange } from '#domain/invoicing/billing-run.ts';
import type { Books } from '../ports.ts';
import { unfinishedRanges } from './unfinished-ranges.ts';

const range = (run: string, n: number, more: Partial<RunRange>): RunRange => ({
  ...{ run, range: n, expected: 'e', expectedCount: 1, rated: null, billed: null, numbered: false },
  ...more,
});
const rated = { usage: 'u', quarantined: null } as NonNullable<RunRange['rated']>;

const booksWith = (ranges: readonly RunRange[]): Books =>
  ({
    list: (_: unknown, { run }: { readonly run: string }) =>
      Promise.resolve(ranges.filter((each) => each.run === run).map((value) => ({ value }))),
  }) as unknown as Books;

it('tells a range that was never rated again, for its message may come through after all and draft bills', async () => {
  const books = booksWith([range('run_a', 0, {}), range('run_a', 1, { rated }), range('run_b', 0, { numbered: true })]);
  expect(await unfinishedRanges(books, ['run_a', 'run_b'])).toEqual({
    runs: ['run_a'],
    tell: [
      { name: 'range.due', data: { run: 'run_a', range: 0 } },
      { name: 'range.rated', data: { run: 'run_a', range: 1 } },
    ],
  });
});

it('forgets a run once each of its ranges is numbered', async () => {
  const books = booksWith([range('run_a', 0, { rated, numbered: true })]);
  expect(await unfinishedRanges(books, ['run_a'])).toEqual({ runs: [], tell: [] });
});
