/**
 * The port `usageLog` on DynamoDB: a request becomes one packed item of the journal,
 * with the subjects of its events as the numbers of usage points. About 15 bytes an
 * event and one write unit for some 60 of them; the door answers once it is stored.
 */
import { deflateRawSync } from 'node:zlib';
import { type LoggedEvent, packUsage } from '#domain/usage/packed-usage.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import type { UsageLog } from '../../ports.ts';
import { attempts } from './usage-attempts.ts';
import { eventTimes } from './usage-event-times.ts';
import { usageJournal } from './usage-journal.ts';
import { usagePoints } from './usage-points.ts';
import type { UsageTable } from './usage-table.ts';

/** An item of DynamoDB holds 400 KB, its keys and other attributes included. */
const mostPieceBytes = 350 * 1024;

export const usageLog = (usage: UsageTable): UsageLog => {
  const points = usagePoints(usage);
  const journal = usageJournal(usage);
  return {
    append: async (events) => {
      if (events.length === 0) return;
      const within = attempts(usage);
      const numbers = await points.intern(
        events.map(({ subject }) => subject),
        within,
      );
      // One after the other: no put is under way any more once the answer is an outage.
      for (const piece of piecesOf(logged(events, numbers))) await journal.put(piece, within);
    },
    numbersOf: (subjects) => points.numbersOf(subjects, attempts(usage)),
    subjectsOf: (numbers) => points.subjectsOf(numbers, attempts(usage)),
    read: (from, until) => journal.read(from, until),
  };
};

const logged = (events: readonly UsageEvent[], numbers: Uint32Array): LoggedEvent[] => {
  const timeMsOf = eventTimes();
  return events.map(({ source, id, type, time, data }, place) => ({
    point: numbers[place] ?? 0,
    source,
    id,
    type,
    timeMs: timeMsOf(time),
    data,
  }));
};

/** Nearly always one. Where events are many and hardly deflate, halves, and halves of these. */
const piecesOf = (events: readonly LoggedEvent[]): Uint8Array[] => {
  const piece = deflateRawSync(packUsage(events));
  if (piece.length <= mostPieceBytes) return [piece];
  const half = Math.ceil(events.length / 2);
  return [...piecesOf(events.slice(0, half)), ...piecesOf(events.slice(half))];
};
