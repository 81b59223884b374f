/**
 * Opens a night's billing run: finds by index what is due in every zone, decides
 * from the subscriptions themselves, and splits them into ranges. Nights are worked
 * on one after the other, oldest first; a period that stayed unbilled, however long
 * ago, is found again every night.
 */
import type { BillingRun, DuePeriod, RunHead, RunRange } from '#domain/invoicing/billing-run.ts';
import { canonicalHash } from '#domain/canonical.ts';
import { periodOf } from '#domain/subscriptions/subscription.ts';
import type { Day } from '#domain/time/day.ts';
import { addMinutes, type Instant, instant } from '#domain/time/instant.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import { change, create, type Handle } from '../handle.ts';
import type { Books } from '../ports.ts';
import { customerOf } from '../records/document-id.ts';
import { nothingToDo, type StepCode } from '../step.ts';
import { decideNight, dueByOf } from './decide-night.ts';
import { unfinishedRanges } from './unfinished-ranges.ts';

/** Usage stamped later than this before now may still be on its way into the log; it is the next run's. */
const usageSettlesMinutes = 2;
/** A run still open after this is given up at the next 01:00: what it did not bill is due still, what it left half done is taken up again. */
const patienceMinutes = 12 * 60;

export const openBillingRun: StepCode<'open-billing-run'> = async ({ name }, { books, now }) => {
  const head = await books.get('runHead', 'head');
  if (head?.value.open === true) return name === 'schedule' ? giveUp(books, head, now) : nothingToDo;

  const hints = await books.due('period', `${now}~`);
  const night = decideNight(head?.value.night, endOf(hints[0]), now);
  if (night === undefined) return nothingToDo;

  const ranges = rangesOf(await duePeriods(books, hints, night));
  const run = runOf(night, ranges.length, now);
  const unfinished = await unfinishedRanges(books, head?.value.unfinished ?? []);
  const nextHead: RunHead = { night, run: run.id, open: ranges.length > 0, unfinished: unfinished.runs };
  return {
    stage: ranges,
    write: [
      head === undefined ? create('runHead', nextHead) : change(head, nextHead),
      create('run', run),
      ...ranges.map((expected, range) => create('runRange', rangeRecord(run.id, range, expected))),
    ],
    // With nothing due the run is over as it opens; saying so lets the next missed night begin.
    tell: [
      ...unfinished.tell,
      ...(ranges.length === 0
        ? [{ name: 'run.closed' as const, data: { run: run.id } }]
        : ranges.map((_, range): DomainEvent<'range.due'> => ({ name: 'range.due', data: { run: run.id, range } }))),
    ],
  };
};

const giveUp = async (books: Books, head: Handle<'runHead'>, now: Instant) => {
  const run = await books.get('run', head.value.run);
  if (run === undefined || addMinutes(run.value.openedAt, patienceMinutes) > now) return nothingToDo;
  return {
    write: [
      change(run, { ...run.value, closedAt: now, givenUp: true }),
      change(head, { ...head.value, open: false, unfinished: [...head.value.unfinished, head.value.run] }),
    ],
    tell: [{ name: 'run.closed' as const, data: { run: run.value.id } }],
  };
};

const runOf = (night: Day, ranges: number, now: Instant): BillingRun => ({
  id: `run_${night}`,
  night,
  dueBy: dueByOf(night),
  usageUpTo: addMinutes(now, -usageSettlesMinutes),
  ranges,
  openedAt: now,
  closedAt: ranges === 0 ? now : null,
  givenUp: false,
});

const rangeRecord = (run: string, range: number, expected: readonly DuePeriod[]): RunRange => ({
  run,
  range,
  expected: canonicalHash(expected),
  expectedCount: expected.length,
  rated: null,
  billed: null,
  numbered: false,
});

/** The index only hints; what is due stands on the subscriptions. */
const duePeriods = async (books: Books, hints: readonly string[], night: Day): Promise<readonly DuePeriod[]> => {
  const dueBy = dueByOf(night);
  const hinted = hints
    .filter((hint) => (endOf(hint) ?? dueBy) <= dueBy)
    .map((hint) => hint.slice(hint.indexOf('#') + 1));
  const subscriptions = await books.getAll('subscription', [...new Set(hinted)]);
  return subscriptions
    .filter(({ value }) => value.state === 'active' && periodOf(value, value.currentPeriod).until <= dueBy)
    .map(({ value }) => ({ customer: customerOf(value.id), subscription: value.id, n: value.currentPeriod }));
};

/** When the period of a hint `{instant}#{subscription}` ended. */
const endOf = (hint: string | undefined): Instant | undefined =>
  hint === undefined ? undefined : instant(hint.slice(0, hint.indexOf('#')));

const rangeSize = 50;
/** With run, head and outbox page, as many as one transaction takes. */
const mostRanges = 80;

const rangesOf = (due: readonly DuePeriod[]): readonly (readonly DuePeriod[])[] => {
  const sorted = [...due].sort((a, b) => (a.subscription < b.subscription ? -1 : 1));
  const size = Math.max(rangeSize, Math.ceil(sorted.length / mostRanges));
  return Array.from({ length: Math.ceil(sorted.length / size) }, (_, i) => sorted.slice(i * size, (i + 1) * size));
};
