/**
 * The port `usageLog` on DynamoDB: a request becomes one packed item of the journal,
 * with the subjects of its events as the numbers of usage points. About 15 bytes an
 * event and one write unit for some 60 of them; the door answers once it is stored.
 */
import { deflateRawSync } from 'node:zlib';
import { type LoggedEvent, packUsage } from '#domain/usage/packed-usage.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import type { UsageLog } from '../../ports.ts';
import { type Attempts, usageAttempts } from './usage-attempts.ts';
import { usageEventTimes } from './usage-event-times.ts';
import { usageJournal } from './usage-journal.ts';
import { usagePoints } from './usage-points.ts';
import type { UsageTable } from './usage-table.ts';

/** With the most memory deflate writes one block where it would write two, in three quarters of the time. */
const deflating = { memLevel: 9 } as const;

/** An item of DynamoDB holds 400 KB, its keys and other attributes included. */
const mostPieceBytes = 350 * 1024;

export const usageLog = (usage: UsageTable): UsageLog => {
  const points = usagePoints(usage);
  const journal = usageJournal(usage);
  // A night's reading takes many calls: each has its own time, where an append as a whole has it once.
  const eachAnew: Attempts = { make: (doing, call) => usageAttempts(usage).make(doing, call) };
  return {
    append: async (events) => {
      if (events.length === 0) return;
      const within = usageAttempts(usage);
      const numbers = await points.intern(
        events.map(({ subject }) => subject),
        within,
      );
      // One after the other: no put is under way any more once the answer is an outage.
      for (const piece of piecesOf(logged(events, numbers))) await journal.put(piece, within);
    },
    numbersOf: (subjects) => points.numbersOf(subjects, eachAnew),
    subjectsOf: (numbers) => points.subjectsOf(numbers, eachAnew),
    read: (from, until) => journal.read(from, until),
  };
};

const logged = (events: readonly UsageEvent[], numbers: Uint32Array): LoggedEvent[] => {
  const timeMsOf = usageEventTimes();
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
  const piece = deflateRawSync(packUsage(events), deflating);
  if (piece.length <= mostPieceBytes) return [piece];
  const half = Math.ceil(events.length / 2);
  return [...piecesOf(events.slice(0, half)), ...piecesOf(events.slice(half))];
};
