/** Billing runs: asked for, listed, and each with what became of everything that was due (I10). */
import * as z from 'zod';
import type { BillingRun, RunRange } from '#domain/invoicing/billing-run.ts';
import { isRefusal } from '#domain/refusal.ts';
import { runBody, runRequestedView, runView, runWithRanges } from '#events/api/billing-runs.ts';
import { pageOf, pageOnly } from '#events/api/page.ts';
import { runId } from '#events/api/texts.ts';
import type { Books } from '../../ports.ts';
import { absent } from '../absent.ts';
import { operation } from '../operation.ts';
import { indexPage } from '../pages.ts';
import { exceptionsOf, rangeView, sumOf } from './run-ranges.ts';

export const requestRun = operation({
  body: runBody,
  answers: runRequestedView,
  successes: [202],
  handle: async ({ body: { kind }, caller }, { now }) => ({
    status: 202,
    body: { kind, state: 'requested' as const, requestedAt: now },
    // With the moment it was asked, so that asking again is another request and not a repeat of this one.
    tell: [{ name: 'run.requested', data: { by: `${caller.key}@${now}` } }],
  }),
});

export const listRuns = operation({
  query: pageOnly,
  answers: pageOf(runView),
  successes: [200],
  handle: async (request, { books }) => {
    const page = await indexPage(books, 'run', request);
    if (isRefusal(page)) return page;
    const runs = await books.getAll('run', page.sorts);
    const data = await Promise.all(
      runs.map(async ({ value }) => ({ ...view(value), ...sumOf((await rangesOf(books, value.id)).map(rangeView)) })),
    );
    return { status: 200, body: { data, nextCursor: page.nextCursor } };
  },
});

export const readRun = operation({
  params: z.strictObject({ id: runId }),
  answers: runWithRanges,
  successes: [200],
  handle: async ({ params: { id } }, { books }) => {
    const run = await books.get('run', id);
    if (run === undefined) return absent;
    const ranges = await rangesOf(books, id);
    const shown = ranges.map(rangeView);
    return {
      status: 200,
      body: { ...view(run.value), ...sumOf(shown), ranges: shown, exceptions: await exceptionsOf(books, ranges) },
    };
  },
});

const rangesOf = async (books: Books, run: string): Promise<readonly RunRange[]> =>
  (await books.list(['runRange'], { run, range: 0 })).map(({ value }) => value);

const view = ({ id, night, dueBy, usageUpTo, openedAt, closedAt, givenUp }: BillingRun) => ({
  id,
  night,
  state: closedAt === null ? ('open' as const) : givenUp ? ('given_up' as const) : ('closed' as const),
  dueBy,
  usageUpTo,
  openedAt,
  closedAt,
});
