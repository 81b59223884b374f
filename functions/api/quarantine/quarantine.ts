/** Usage that could not be billed, with the reason: unjudged in the journal first, then as runs set it aside. */
import * as z from 'zod';
import { isRefusal } from '#domain/refusal.ts';
import { pageQuery } from '#events/api/page.ts';
import { quarantineReason, quarantineView } from '#events/api/quarantine.ts';
import { exactText } from '#events/api/texts.ts';
import { operation } from '../operation.ts';
import { usualLimit } from '../pages.ts';
import { lookAtJournal } from './look-at-journal.ts';
import { setAsideByRuns } from './set-aside-by-runs.ts';

export const readQuarantine = operation({
  query: z.strictObject({
    ...pageQuery,
    reason: quarantineReason.optional(),
    subject: exactText.optional().meta({ description: 'Only of this subject.' }),
  }),
  answers: quarantineView,
  successes: [200],
  handle: async ({ query: { limit = usualLimit, ...filter }, cursors }, { books, usageLog, now }) => {
    const after = cursors.after();
    if (isRefusal(after)) return after;
    const aside = await setAsideByRuns(books, filter, limit, after);
    const nextCursor = aside.next === null ? null : cursors.make(aside.next);
    if (after !== undefined) return { status: 200, body: { data: [...aside.entries], nextCursor, live: null } };
    const { entries, ...live } = await lookAtJournal(books, usageLog, filter, now);
    return {
      status: 200,
      body: {
        data: [...entries.slice(0, limit), ...aside.entries],
        nextCursor,
        live: { ...live, groups: entries.length },
      },
    };
  },
});
