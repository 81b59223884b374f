/** Restored books: closed before anything else, shown, and opened again once they are in line with the world. */
import type * as z from 'zod';
import { nextReconciliation } from '#domain/restore/reconciliation.ts';
import { openBooks } from '#domain/restore/open-books.ts';
import { closeBooks, lostSince, type Restore } from '#domain/restore/restore.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { reopenBody, restoreBody, restoreView } from '#events/api/restore.ts';
import { change, create } from '../../handle.ts';
import { absent } from '../absent.ts';
import { operation } from '../operation.ts';

/** Closing is always right, whatever state the backup was in; open is what must be earned. */
export const closeForRestore = operation({
  body: restoreBody,
  answers: restoreView,
  successes: [201],
  handle: async ({ body, caller }, { books, now }) => {
    if (body.restoredTo > now) return refuse('invalid_request', `It is ${now}; no backup is of later.`, '/restoredTo');
    const before = await books.get('restore', 'latest');
    const closed = closeBooks({ ...body, by: caller.key }, before?.value, now);
    const write = [before === undefined ? create('restore', closed) : change(before, closed)];
    return { status: 201, body: viewOf(closed), write };
  },
});

export const readRestore = operation({
  answers: restoreView,
  successes: [200],
  handle: async (_, { books }) => {
    const restore = await books.get('restore', 'latest');
    return restore === undefined ? absent : { status: 200, body: viewOf(restore.value) };
  },
});

/** Asked again once it is through, the pass is made anew: what found its place is found in it. */
export const reconcile = operation({
  answers: restoreView,
  successes: [202],
  handle: async (_, { books, now }) => {
    const restore = await books.get('restore', 'latest');
    if (restore === undefined) return absent;
    if (restore.value.state === 'closed' || restore.value.state === 'open')
      return refuse('restore_out_of_order', `The books are ${restore.value.state}; fenced ones are reconciled.`);
    const begun = nextReconciliation(restore.value, now);
    return {
      status: 202,
      body: viewOf(begun),
      write: [change(restore, begun)],
      tell: [{ name: 'reconciliation.due', data: { from: begun.reconciliation.upTo } }],
    };
  },
});

export const reopen = operation({
  body: reopenBody,
  answers: restoreView,
  successes: [200],
  handle: async ({ body, caller }, { books, now }) => {
    const restore = await books.get('restore', 'latest');
    if (restore === undefined) return absent;
    if (restore.value.state === 'open') return { status: 200, body: viewOf(restore.value) };
    const open = openBooks(restore.value, body.acceptWaiting && { ...body.acceptWaiting, by: caller.key }, now);
    if (isRefusal(open)) return open;
    return { status: 200, body: viewOf(open), write: [change(restore, open)] };
  },
});

export const viewOf = (restore: Restore): z.input<typeof restoreView> => {
  const { fences, reconciliation, unfinished, acceptedWaiting = null, ...rest } = restore;
  return {
    ...rest,
    lostSince: lostSince(restore),
    unfinished: (unfinished?.closings ?? []).map((closing) => ({ ...closing })),
    acceptedWaiting,
    fences: fences.map((fence) => ({ ...fence })),
    reconciliation:
      reconciliation === null
        ? null
        : {
            ...reconciliation,
            waiting: { ...reconciliation.waiting, first: [...reconciliation.waiting.first] },
            forAPerson: { ...reconciliation.forAPerson, first: [...reconciliation.forAPerson.first] },
          },
  };
};
