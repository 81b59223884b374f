/**
 * The night of 20 October 2025, once in the middle of a soak: the store is away for
 * three hours around a midnight by which bills are due, and then comes back. Nobody
 * puts anything right by hand; what is measured is how long after its return every
 * period that ended by that midnight has its numbered bill.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { utcDay } from '#domain/time/day.ts';
import { addMinutes, epochMs, type Instant, instant, instantAt } from '#domain/time/instant.ts';
import type { World } from '#functions/runtime/world.ts';
import type { LeapingClock } from '#local/leaping-clock.ts';
import type { Calendar } from './calendar.ts';
import type { Fleet } from './fleet.ts';
import type { QueueWatch } from './queue-watch.ts';

export interface Blackout {
  readonly midnight: Instant;
  readonly away: { readonly from: Instant; readonly until: Instant };
  /** Periods that ended by that midnight and had no bill when the store went away. */
  readonly due: number;
  /** Minutes of the calendar from the store's return until all are billed; undefined where they never were. */
  readonly recoveredInMinutes: number | undefined;
  /** Messages that were given up on by then. */
  readonly deadLetters: number;
}

export interface BlackoutParts {
  readonly fleet: Fleet;
  readonly clock: LeapingClock;
  readonly calendar: Calendar;
  readonly queues: QueueWatch;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const away = { stepMs: 10 * minuteMs, patienceMs: 150, leastMs: 100 };
const after = { stepMs: minuteMs, patienceMs: 150 };
const hoursAway = 3;
/** It begins this hour of the evening (UTC), and the night's run would at one. */
const beginsAtHour = 23;
const givenUpAfterMs = 6 * hourMs;

/** The midnight ahead, if this is the hour before it and so many bills fall due by it that were not due before. */
export const midnightAhead = async ({ ports }: World, now: Instant, least: number): Promise<Instant | undefined> => {
  if (new Date(now).getUTCHours() !== beginsAtHour) return undefined;
  const midnight = nextMidnight(now);
  const due = await duePeriods(ports.books, midnight);
  return due.filter((hint) => hint > addMinutes(midnight, -24 * 60)).length >= least ? midnight : undefined;
};

export const liveBlackout = async (midnight: Instant, parts: BlackoutParts): Promise<Blackout> => {
  const { fleet, clock, calendar, queues } = parts;
  const due = new Set(await duePeriods(fleet.world.ports.books, midnight));
  const from = clock.now();
  fleet.store.hold();
  fleet.store.kill();
  while (clock.nowMs() < epochMs(from) + hoursAway * hourMs) await calendar.step(away);
  fleet.store.letStart();
  await fleet.store.up();

  const until = clock.now();
  let isBilled = false;
  while (!isBilled && clock.nowMs() < epochMs(until) + givenUpAfterMs) {
    await calendar.step(after);
    isBilled = await isNightBilled(fleet.world, midnight, due);
  }
  return {
    midnight,
    away: { from, until },
    due: due.size,
    recoveredInMinutes: isBilled ? Math.ceil((clock.nowMs() - epochMs(until)) / minuteMs) : undefined,
    deadLetters: await untilCounted(queues),
  };
};

const nextMidnight = (now: Instant): Instant => instantAt((Math.floor(epochMs(now) / (24 * hourMs)) + 1) * 24 * hourMs);

/** The unbilled periods that ended by then, each as its end and its subscription: `{instant}#{subscription}`. */
const duePeriods = async (books: World['ports']['books'], by: Instant): Promise<readonly string[]> =>
  (await books.due('period', `${by}~`)).filter((hint) => instant(hint.slice(0, hint.indexOf('#'))) <= by);

/** Whoever signs up meanwhile for a time long past is due by that midnight too, and billed the next night. */
const isNightBilled = async (
  { ports: { books } }: World,
  midnight: Instant,
  due: ReadonlySet<string>,
): Promise<boolean> => {
  const night = utcDay(midnight);
  const head = await books.get('runHead', 'head');
  if (head === undefined || head.value.night < night) return false;
  if ((await duePeriods(books, midnight)).some((hint) => due.has(hint))) return false;
  const ranges = await books.list(['runRange'], { run: `run_${night}`, range: 0 });
  return ranges.every(({ value }) => value.numbered);
};

const untilCounted = async (queues: QueueWatch): Promise<number> => {
  for (;;) {
    const found = await queues.deadLetters();
    if (found !== undefined) return found;
    await pause(100);
  }
};
