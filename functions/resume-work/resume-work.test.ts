/** After a fence everything that may be under way is told again: the open run where it is, bills nobody mailed, the night. */
import { expect, it } from 'vitest';
import { canonicalHash } from '#domain/canonical.ts';
import type { PeriodOutcome, RunRange } from '#domain/invoicing/billing-run.ts';
import { isRefusal } from '#domain/refusal.ts';
import { day } from '#domain/time/day.ts';
import { instant } from '#domain/time/instant.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import type { Books } from '#functions/ports.ts';
import type { Letter } from '#functions/records/letter.ts';
import { finalInvoice } from '#test/world/open-invoice.ts';
import { memoryBooks } from '#test/world/payments-world.ts';
import { resumeWork } from './resume-work.ts';

const now = instant('2026-03-01T06:00:00.000Z');
const restoredTo = instant('2026-03-01T01:30:00.000Z');
const message = { name: 'books.fenced', data: { restoredTo } } as const;

const told = async (books: Books): Promise<readonly DomainEvent[]> => {
  const all: DomainEvent[] = [];
  for (const item of await resumeWork.items(message, { books, now })) {
    const answer = await resumeWork.answer(item, message, { books, now });
    if (isRefusal(answer)) throw new Error(answer.because);
    all.push(...(answer.tell ?? []));
  }
  return [...all, ...((await resumeWork.close(message, [], { books, now })).tell ?? [])];
};
const requested: DomainEvent = { name: 'run.requested', data: { by: `restore ${restoredTo}` } };

it('asks for the night where nothing was under way', async () => {
  expect(await told(memoryBooks().books)).toEqual([requested]);
});

it('tells each range of the open run of its next step', async () => {
  const { books, put } = memoryBooks();
  const outcomes: readonly PeriodOutcome[] = [
    { customer: 'c', subscription: 's', n: 0, outcome: 'invoiced', invoice: 'i', billingEntity: 'ch' },
  ];
  const range = {
    run: 'run_2026-03-01',
    range: 0,
    expected: 'e',
    expectedCount: 1,
    rated: null,
    billed: null,
    numbered: false,
  };
  const rated = { usage: 'u', quarantined: null } as NonNullable<RunRange['rated']>;
  const billed = { outcomes: canonicalHash(outcomes) } as NonNullable<RunRange['billed']>;
  const ranges: readonly RunRange[] = [
    range,
    { ...range, range: 1, rated },
    { ...range, range: 2, rated, billed },
    { ...range, range: 3, rated, billed, numbered: true },
  ];
  put('runHead', { night: day('2026-03-01'), run: range.run, open: true, unfinished: [] });
  for (const each of ranges) put('runRange', each);
  const list = async () => Promise.all(ranges.map(async (each) => (await books.get('runRange', each))!));
  const part = () => Promise.resolve(outcomes);
  const all = await told({ ...books, list: list as unknown as Books['list'], part });
  expect(all.map(({ name, data }) => [name, 'range' in data ? data.range : undefined])).toEqual([
    ['range.due', 0],
    ['range.rated', 1],
    ['series.ready', 2],
    ['range.numbered', 3],
    ['run.requested', undefined],
  ]);
});

it('tells of bills that no mail went out for, of the last days, page by page', async () => {
  const { books, put } = memoryBooks();
  const idOf = (n: number) => `inv_0123456789abcdefghij_1_${String(n)}`;
  const letter = (n: number, state: Letter['state']): Letter => ({
    ...{ invoice: idOf(n), step: 'bill', to: 'a@b.example', state, claimedAt: now, messageId: null },
  });
  for (const n of [1, 2, 3, 4]) put('invoice', finalInvoice(undefined, { id: idOf(n) }));
  put('invoice', finalInvoice(undefined, { id: idOf(5), status: { state: 'draft' } }));
  put('letter', letter(2, 'sent'));
  put('letter', letter(3, 'waiting'));
  put('letter', letter(4, 'unknown'));
  const sorts = [5, 4, 3, 2, 1].map((n) => `2026-03-01T01:0${String(n)}:00.000Z#${idOf(n)}`);
  const pages = [
    { sorts: sorts.slice(0, 2), next: 'more' },
    { sorts: [...sorts.slice(2), `2026-02-20T00:00:00.000Z#${idOf(9)}`], next: 'older' },
  ];
  const index = () => Promise.resolve(pages.shift()!);
  const all = await told({ ...books, index });
  expect(all).toEqual([
    { name: 'invoice.finalized', data: { invoice: idOf(3) } },
    { name: 'invoice.finalized', data: { invoice: idOf(1) } },
    requested,
  ]);
  expect(pages).toEqual([]);
});
