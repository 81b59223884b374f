/**
 * After a restore the queues are those of hours that never were: work that was under way
 * at the moment restored to may have had its message taken since. Everything that can be
 * under way is told again from the books: the open run, bills that no mail went out for,
 * the night's run itself. What was done already is found done, so too much told is harmless.
 */
import { present } from '#domain/assert.ts';
import type { RunRange } from '#domain/invoicing/billing-run.ts';
import { addDaysTo, parseInstant } from '#domain/time/instant.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import type { Books } from '../ports.ts';
import { nextOfRange } from '../records/next-of-range.ts';
import type { EachStep, Message, StepCode } from '../step.ts';

/** A bill not mailed by then is not about to be. */
const lookBackDays = 3;
const together = 50;

type Item = { readonly run: string } | { readonly invoices: readonly string[] };
type Told = DomainEvent<
  'run.requested' | 'range.due' | 'range.rated' | 'series.ready' | 'range.numbered' | 'invoice.finalized'
>;

const step: EachStep<'resume-work', Item, number> = {
  nameOf: (item) => ('run' in item ? item.run : `${item.invoices[0] ?? ''} and those after it`),

  items: async (message, { books }) => {
    const head = await books.get('runHead', 'head');
    return [
      ...(head?.value.open === true ? [{ run: head.value.run }] : []),
      ...(await recentInvoices(message, books)).map((invoices) => ({ invoices })),
    ];
  },

  answer: async (item, _, { books }) => {
    const tell: readonly Told[] =
      'run' in item ? await openRanges(item.run, books) : await unmailed(item.invoices, books);
    return { tell, result: tell.length };
  },

  close: ({ data }) =>
    Promise.resolve({ tell: [{ name: 'run.requested', data: { by: `restore ${data.restoredTo}` } }] }),
};
export const resumeWork: StepCode<'resume-work'> = step;

const openRanges = async (run: string, books: Books): Promise<readonly Told[]> => {
  const ranges = await books.list(['runRange'], { run, range: 0 });
  return (await Promise.all(ranges.map(({ value }) => nextOf(value, books)))).flat();
};

const nextOf = (range: RunRange, books: Books): Promise<readonly Told[]> =>
  range.numbered
    ? Promise.resolve([{ name: 'range.numbered', data: { run: range.run, range: range.range } }])
    : nextOfRange(books, range);

/** Newest first, until they were made well before the moment restored to. */
const recentInvoices = async ({ data }: Message<'resume-work'>, books: Books): Promise<readonly string[][]> => {
  const restoredTo = present(parseInstant(data.restoredTo), `"${data.restoredTo}" is a moment restored to`);
  const oldest = addDaysTo(restoredTo, -lookBackDays);
  const pages: string[][] = [];
  let after: string | undefined;
  for (;;) {
    const page = await books.index('invoice', {
      limit: together,
      newestFirst: true,
      ...(after === undefined ? {} : { after }),
    });
    const recent = page.sorts.filter((sort) => sort >= oldest);
    if (recent.length > 0) pages.push(recent.map((sort) => sort.slice(sort.indexOf('#') + 1)));
    if (recent.length < page.sorts.length || page.next === null) return pages;
    after = page.next;
  }
};

const unmailed = async (ids: readonly string[], books: Books): Promise<readonly Told[]> => {
  const invoices = await books.getAll('invoice', ids);
  const letters = await books.getAll(
    'letter',
    ids.map((invoice) => ({ invoice, step: 'bill' })),
  );
  const mailed = new Set(
    letters.flatMap(({ value: { invoice, state } }) => (state === 'claimed' || state === 'waiting' ? [] : [invoice])),
  );
  return invoices
    .filter(({ value: { id, status } }) => status.state === 'final' && !mailed.has(id))
    .map(({ value: { id } }) => ({ name: 'invoice.finalized', data: { invoice: id } }));
};
