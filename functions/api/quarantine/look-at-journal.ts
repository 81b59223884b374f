/**
 * A look at the journal for what no run has judged yet: judged here by the rules of
 * the night (domain/usage), and stored nowhere. It reads the last 36 days, which is
 * every arrival that an open period can still be waiting for, and stops at a bound:
 * then it says up to which day it saw everything.
 */
import { addDaysTo, type Instant, instant, instantAt } from '#domain/time/instant.ts';
import { utcDay } from '#domain/time/day.ts';
import { type JournalPiece, type LoggedArrival, rateUsage } from '#domain/usage/rate-usage.ts';
import type { Books, UsageLog } from '../../ports.ts';
import { type ArrivedEvent, listQuarantined } from '../../rate-range/list-quarantined.ts';
import { type JournalScope, journalScope } from './journal-scope.ts';
import {
  type Found,
  isAskedFor,
  type QuarantineFilter,
  type QuarantineLine,
  quarantineLine,
} from './quarantine-entry.ts';

const lookBackDays = 36;
/** About 20 MB of columns. */
const mostEvents = 250_000;
const eventsShown = 10;

export interface JournalLook {
  /** By reason and subject, most events first. */
  readonly entries: readonly QuarantineLine[];
  readonly inspectedFrom: Instant;
  readonly inspectedUpTo: Instant;
  readonly complete: boolean;
  readonly inspected: number;
}

export const lookAtJournal = async (
  books: Books,
  usageLog: UsageLog,
  filter: QuarantineFilter,
  now: Instant,
): Promise<JournalLook> => {
  const inspectedFrom = addDaysTo(now, -lookBackDays);
  const { pieces, inspected, inspectedUpTo } = await readPieces(usageLog, inspectedFrom, now);
  const { scope, ownerOf } = await journalScope(books, usageLog, pieces);
  const merge = rateUsage(scope, { unassignedListed: mostEvents });
  for (const piece of pieces) merge.add(piece);
  const { quarantined, unassigned } = merge.finish();
  const found = [
    ...(await listQuarantined(quarantined, { run: '', range: 0 }, usageLog)),
    ...(await unbillable(unassigned, ownerOf, usageLog)),
  ];
  return {
    entries: grouped(found.filter((each) => isAskedFor(filter, each))),
    inspectedFrom,
    inspectedUpTo,
    complete: inspectedUpTo === now,
    inspected,
  };
};

/** Days are read one after the other, the shards of a day likewise: where it stops within a day, only the days before are whole. */
const readPieces = async (usageLog: UsageLog, from: Instant, until: Instant) => {
  const pieces: JournalPiece[] = [];
  let inspected = 0;
  for await (const piece of usageLog.read(from, until)) {
    if (inspected + piece.columns.count > mostEvents) {
      const wholeUpTo = instant(`${utcDay(instantAt(piece.arrivedAtMs))}T00:00:00.000Z`);
      return { pieces, inspected, inspectedUpTo: wholeUpTo > from ? wholeUpTo : from };
    }
    inspected += piece.columns.count;
    pieces.push(piece);
  }
  return { pieces, inspected, inspectedUpTo: until };
};

/** Of points nobody owns, or of owners who had no subscription that prices usage then. */
const unbillable = async (
  unassigned: readonly LoggedArrival[],
  ownerOf: JournalScope['ownerOf'],
  usageLog: UsageLog,
): Promise<readonly Found[]> => {
  const subjects = await usageLog.subjectsOf([...new Set(unassigned.map(({ point }) => point))]);
  return unassigned.map(({ point, timeMs, arrivedAtMs, ...event }) => ({
    reason: ownerOf(point, instantAt(timeMs)) === null ? 'suspense' : 'no_subscription',
    events: [
      { ...event, subject: subjects.get(point) ?? '', time: instantAt(timeMs), arrivedAt: instantAt(arrivedAtMs) },
    ],
  }));
};

const nameOf = ({ reason, subject }: Pick<QuarantineLine, 'reason' | 'subject'>): string => `${subject} ${reason}`;

const grouped = (found: readonly Found[]): readonly QuarantineLine[] => {
  const groups = Map.groupBy(found, ({ reason, events }) => nameOf({ reason, subject: events[0]?.subject ?? '' }));
  return [...groups.values()]
    .map((group) => quarantineLine(together(group), undefined, eventsShown))
    .sort((a, b) => b.count - a.count || (nameOf(a) < nameOf(b) ? -1 : 1));
};

const together = (group: readonly Found[]): Found => {
  const [first] = group;
  const all = (of: (found: Found) => readonly ArrivedEvent[]) => group.flatMap(of);
  return {
    reason: first?.reason ?? 'suspense',
    events: all(({ events }) => events),
    settled: all(({ settled = [] }) => settled),
  };
};
