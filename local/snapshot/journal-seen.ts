/** Every event of the usage log, read item by item off the table and not by the reader that billing uses. */
import { inflateRawSync } from 'node:zlib';
import type { Flaw, JournalEvent } from '#domain/audit/snapshot.ts';
import { isRefusal } from '#domain/refusal.ts';
import { type Instant, instant, instantAt } from '#domain/time/instant.ts';
import { unpackUsage } from '#domain/usage/packed-usage.ts';
import { eventAt } from '#domain/usage/usage-columns.ts';
import type { Book } from '#functions/adapters/dynamodb/book.ts';
import type { Item } from '../dynamodb/attribute-value.ts';
import { itemKey } from './scan-table.ts';

export const journalSeen = (
  items: readonly Item[],
  book: Book,
): { readonly journal: readonly JournalEvent[]; readonly flaws: readonly Flaw[] } => {
  const within = (leading: string) => items.filter(({ pk }) => (pk?.S ?? '').startsWith(`${book}#${leading}`));
  const subjects = new Map(within('PTN#').map(({ number, subject }) => [Number(number?.N), subject?.S ?? '']));
  const journal: JournalEvent[] = [];
  const flaws: Flaw[] = [];
  for (const item of within('J#')) {
    const columns = unpackUsage(inflateRawSync(Buffer.from(item['b']?.B ?? '', 'base64')));
    if (isRefusal(columns)) {
      flaws.push({ key: itemKey(item), what: columns.because });
      continue;
    }
    const arrivedAt = arrivalOf(item);
    for (let row = 0; row < columns.count; row += 1) {
      const { point, timeMs, id, source, type, data } = eventAt(columns, row);
      const subject = subjects.get(point);
      if (subject === undefined) flaws.push({ key: itemKey(item), what: `Usage point ${point} has no subject.` });
      journal.push({ id, source, type, subject: subject ?? '', time: instantAt(timeMs), data, arrivedAt });
    }
  }
  return { journal, flaws };
};

/** Of `L#J#2026-01-31#0` and `235959.999#0badcafe`. */
const arrivalOf = ({ pk, sk }: Item): Instant => {
  const day = pk?.S?.split('#')[2] ?? '';
  const stamp = sk?.S ?? '';
  return instant(`${day}T${stamp.slice(0, 2)}:${stamp.slice(2, 4)}:${stamp.slice(4, 10)}Z`);
};
