/**
 * A snapshot in which everything is as it must be, lived through with the real domain
 * functions: four customers over two nights, with usage of every fate, a card declined
 * and then charged, a customer parked and billed the night after. Tests of the audit
 * spoil it one thing at a time.
 */
import type { Snapshot } from '#domain/audit/snapshot.ts';
import { instant } from '#domain/time/instant.ts';
import { soundBooks } from './sound-books.ts';
import { arrivals, invoiceOf } from './sound-cast.ts';
import { chargeCard, numberDrafts } from './sound-money.ts';
import { soundNight } from './sound-night.ts';

export const soundSnapshot = (): Snapshot => {
  const world = soundBooks();
  const adas = invoiceOf('ada', 0);
  soundNight(world, '2026-02-01', ['dora']);
  numberDrafts(world, instant('2026-02-01T01:01:00.000Z'));
  chargeCard(world, adas, instant('2026-02-01T01:10:00.000Z'), 'failed');
  chargeCard(world, adas, instant('2026-02-04T09:00:00.000Z'), 'succeeded');
  soundNight(world, '2026-03-01', []);
  numberDrafts(world, instant('2026-03-01T01:01:00.000Z'));
  return {
    ...world,
    takenAt: instant('2026-03-06T12:00:00.000Z'),
    flaws: [],
    outbox: [],
    journal: arrivals.flatMap(({ arrivedAt, events }) => events.map((event) => ({ ...event, arrivedAt }))),
    queues: [
      { name: 'money', isDeadLetter: false, messages: 0 },
      { name: 'money-dead', isDeadLetter: true, messages: 0 },
    ],
  };
};
