/**
 * Closed books hear what the mail log and other papers know of the hours they lost:
 * every number found is fenced off before numbering goes on. Sent twice, it changes
 * nothing the second time.
 */
import { fenceSeries, highestOf, type Numbered, readNumber, withFence } from '#domain/restore/fence-series.ts';
import { type Fence, lostSince, type Restore } from '#domain/restore/restore.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { utcDay } from '#domain/time/day.ts';
import type { Instant } from '#domain/time/instant.ts';
import { fenceBody, loggedMailsBody, loggedMailsView, restoreView } from '#events/api/restore.ts';
import { change, create, type Write } from '../../handle.ts';
import type { Books } from '../../ports.ts';
import { absent } from '../absent.ts';
import { operation } from '../operation.ts';
import type { ApiRefusal } from '../refusals.ts';
import { loggedMailWrites } from './logged-mail-writes.ts';
import { viewOf } from './restore.ts';

export const addLoggedMails = operation({
  body: loggedMailsBody,
  answers: loggedMailsView,
  successes: [200],
  handle: async ({ body: { mails } }, { books, now }) => {
    const restore = await books.get('restore', 'latest');
    if (restore === undefined) return absent;
    if (restore.value.state !== 'closed') return alreadyFenced;
    const numbers = mails.map(({ number }) => number);
    const fenced = await fencedOff(books, numbers, (i) => `/mails/${String(i)}/number`, restore.value, now);
    if (isRefusal(fenced)) return fenced;
    const { letters, lost } = await loggedMailWrites(books, mails);
    return {
      status: 200,
      body: { letters: letters.length, lost: lost.length },
      write: [
        change(restore, { ...restore.value, fences: fenced.fences, changedAt: now }),
        ...fenced.write,
        ...letters,
        ...lost,
      ],
    };
  },
});

export const fence = operation({
  body: fenceBody,
  answers: restoreView,
  successes: [200],
  handle: async ({ body: { numbers } }, { books, now }) => {
    const restore = await books.get('restore', 'latest');
    if (restore === undefined) return absent;
    if (restore.value.state !== 'closed') return alreadyFenced;
    const fenced = await fencedOff(books, numbers, (i) => `/numbers/${String(i)}`, restore.value, now);
    if (isRefusal(fenced)) return fenced;
    const after: Restore = { ...restore.value, state: 'fenced', fences: fenced.fences, changedAt: now };
    return {
      status: 200,
      body: viewOf(after),
      write: [change(restore, after), ...fenced.write],
      tell: [{ name: 'books.fenced', data: { restoredTo: lostSince(after) } }],
    };
  },
});

const alreadyFenced = refuse(
  'restore_out_of_order',
  'Numbering may have gone on since the fence was set. To set another, close the books once more with the moment they were restored to: what is fenced off stays so, and payments are looked for from the beginning.',
);

interface FencedOff {
  readonly fences: readonly Fence[];
  readonly write: readonly Write<'series'>[];
}

const fencedOff = async (
  books: Books,
  numbers: readonly string[],
  pointer: (i: number) => string,
  restore: Restore,
  now: Instant,
): Promise<FencedOff | ApiRefusal> => {
  const entities = (await books.list(['billingEntity'], '')).map(({ value }) => value);
  const read: Numbered[] = [];
  for (const [i, number] of numbers.entries()) {
    const one = readNumber(number, entities);
    if (isRefusal(one)) return { ...one, pointer: pointer(i) };
    read.push(one);
  }
  let { fences } = restore;
  const write: Write<'series'>[] = [];
  for (const { series: key, serial } of highestOf(read)) {
    const known = await books.get('series', key);
    // No series yet: the year's first numbers were given in the lost hours.
    const series = known?.value ?? { ...key, next: 1, lastIssuedOn: utcDay(now) };
    const fenced = fenceSeries(series, serial, restore);
    if (fenced === undefined) continue;
    write.push(known === undefined ? create('series', fenced.series) : change(known, fenced.series));
    fences = withFence(fences, fenced.fence);
  }
  return { fences, write };
};
