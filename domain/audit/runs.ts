/**
 * Billing runs leave nobody out: I6 no silent partial, I10 every due period has an
 * outcome, I11 closed periods tile, I38 whoever is set aside is set aside with a reason.
 */
import type { BillingRun, DuePeriod, PeriodOutcome, RunRange } from '../invoicing/billing-run.ts';
import { periodOf } from '../subscriptions/subscription.ts';
import { closedPeriodsTile } from './closed-periods-tile.ts';
import { storedPart } from './stored-part.ts';
import { type Check, must, type Violation } from './violation.ts';

export const auditRuns: Check = (snapshot) =>
  [
    partsAreThere,
    listsAreCounted,
    rangesAreAllThere,
    everyDuePeriodHasAnOutcome,
    outcomesAreTrue,
    nobodyDueIsLeftOut,
    closedPeriodsTile,
    setAsideWithReason,
  ].flatMap((check) => check(snapshot));

const partsAreThere: Check = ({ books, parts }) => {
  const named = [
    ...books.invoices.map(({ id, body }) => ({ by: id, hash: body })),
    ...books.ranges.flatMap(({ run, range, expected, rated, billed }) =>
      [expected, rated?.usage, rated?.quarantined, billed?.outcomes].flatMap((hash) =>
        hash === undefined || hash === null ? [] : [{ by: `${run} ${range}`, hash }],
      ),
    ),
  ];
  return named.flatMap(({ by, hash }) =>
    must(parts.has(hash), 'I6', `${by} names a part that is not stored.`, by, hash),
  );
};

/** A list read or written in part would not agree with what was counted beside it. */
const listsAreCounted: Check = (snapshot) =>
  snapshot.books.ranges.flatMap(({ run, range, expected, expectedCount, rated, billed }) => {
    const key = `${run} ${range}`;
    const due = storedPart<readonly DuePeriod[]>(snapshot, expected) ?? [];
    const outcomes = billed === null ? undefined : storedPart<readonly PeriodOutcome[]>(snapshot, billed.outcomes);
    const counted = billed === null ? 0 : Object.values(billed.counts).reduce((sum, count) => sum + count, 0);
    return [
      ...must(
        due.length === expectedCount,
        'I6',
        `The range expects ${expectedCount} periods and lists ${due.length}.`,
        key,
      ),
      ...must(
        billed === null || outcomes?.length === counted,
        'I6',
        `The range counts ${counted} outcomes and lists ${outcomes?.length ?? 0}.`,
        key,
      ),
      ...(rated === null ? [] : usageAddsUp(key, rated.counts)),
    ];
  });

const usageAddsUp = (key: string, counts: NonNullable<RunRange['rated']>['counts']): readonly Violation[] => {
  const { distinct, rated, settled, quarantined, notDue } = counts;
  return must(
    distinct === rated + settled + quarantined + notDue,
    'I6',
    `The range saw ${distinct} distinct events and tells of ${rated + settled + quarantined + notDue}.`,
    key,
  );
};

const rangesAreAllThere: Check = ({ books }) => {
  const rangesOf = Map.groupBy(books.ranges, ({ run }) => run);
  return books.runs.flatMap(({ id, ranges }) => {
    const found = (rangesOf.get(id) ?? []).map(({ range }) => range).sort((a, b) => a - b);
    return must(
      found.length === ranges && found.every((range, i) => range === i),
      'I10',
      `The run has ${ranges} ranges; stored are ${found.join(', ') || 'none'}.`,
      id,
    );
  });
};

const keyOf = ({ subscription, n }: DuePeriod): string => `${subscription} ${n}`;

/** Of a run that is over. One that was given up leaves its periods due, for a later run to find. */
const everyDuePeriodHasAnOutcome: Check = (snapshot) => {
  const { runs, ranges, closedPeriods } = snapshot.books;
  const closed = new Set(closedPeriods.map(({ subscription, n }) => `${subscription} ${n}`));
  const over = new Map(runs.filter(({ closedAt }) => closedAt !== null).map((run) => [run.id, run]));
  const expectedBy = Map.groupBy(
    ranges.flatMap(({ run, expected }) =>
      (storedPart<readonly DuePeriod[]>(snapshot, expected) ?? []).map((due) => ({ key: keyOf(due), run })),
    ),
    ({ key }) => key,
  );
  const foundLater = (key: string, run: BillingRun) =>
    closed.has(key) ||
    (expectedBy.get(key) ?? []).some((each) => (runs.find(({ id }) => id === each.run)?.night ?? '') > run.night);

  return ranges.flatMap(({ run: id, range, expected, billed, numbered }) => {
    const run = over.get(id);
    if (run === undefined) return [];
    const outcomes = billed === null ? [] : (storedPart<readonly PeriodOutcome[]>(snapshot, billed.outcomes) ?? []);
    const answered = Map.groupBy(outcomes, keyOf);
    const due = storedPart<readonly DuePeriod[]>(snapshot, expected) ?? [];
    const wanted = new Set(due.map(keyOf));
    return [
      ...must(
        billed === null || numbered,
        'I10',
        `The run is closed and invoices of range ${range} wait for numbers.`,
        id,
        String(range),
      ),
      ...due.flatMap((each) => {
        const answers = answered.get(keyOf(each))?.length ?? 0;
        const isGivenUp = billed === null && foundLater(keyOf(each), run);
        return must(
          answers === 1 || isGivenUp,
          'I10',
          `Period ${each.n} was due and has ${answers} outcomes.`,
          each.subscription,
          String(each.n),
          id,
        );
      }),
      ...outcomes.flatMap((each) =>
        must(
          wanted.has(keyOf(each)),
          'I10',
          `Period ${each.n} was not due and has an outcome.`,
          each.subscription,
          String(each.n),
          id,
        ),
      ),
    ];
  });
};

/** A run may find a period closed by another: by one before it that was given up and came through after all, or, given up itself, by one after it. */
const outcomesAreTrue: Check = (snapshot) => {
  const { runs, ranges, closedPeriods, invoices } = snapshot.books;
  const runOf = new Map(runs.map((run) => [run.id, run]));
  const mayFindClosedBy = (run: string, other: string) =>
    runOf.get(run)?.givenUp === true || (runOf.get(other)?.night ?? '~') <= (runOf.get(run)?.night ?? '');
  const closed = new Map(closedPeriods.map((period) => [`${period.subscription} ${period.n}`, period]));
  const exists = new Set(invoices.map(({ id }) => id));
  return ranges.flatMap(({ run, billed }) =>
    (billed === null ? [] : (storedPart<readonly PeriodOutcome[]>(snapshot, billed.outcomes) ?? [])).flatMap((each) => {
      const period = closed.get(keyOf(each));
      const isClosedByThen = period !== undefined && mayFindClosedBy(run, period.run);
      const isTrue =
        each.outcome === 'invoiced'
          ? isClosedByThen && period.invoice === each.invoice && exists.has(each.invoice)
          : each.outcome === 'nothing_to_bill'
            ? isClosedByThen && period.invoice === null
            : period?.run !== run;
      return must(
        isTrue,
        'I10',
        `The run says ${each.outcome}, the closed period says otherwise.`,
        each.subscription,
        String(each.n),
        run,
      );
    }),
  );
};

/** By the newest run that is over: everybody whose period had ended and who was there when it opened. */
const nobodyDueIsLeftOut: Check = (snapshot) => {
  const { runs, ranges, subscriptions } = snapshot.books;
  const newest = runs
    .filter(({ closedAt }) => closedAt !== null)
    .sort((a, b) => (a.night < b.night ? -1 : 1))
    .at(-1);
  if (newest === undefined) return [];
  const lists = ranges
    .filter(({ run }) => run === newest.id)
    .map(({ expected }) => storedPart<readonly DuePeriod[]>(snapshot, expected) ?? []);
  const expected = new Set(lists.flat().map(({ subscription }) => subscription));
  return subscriptions.flatMap((subscription) => {
    const { until } = periodOf(subscription, subscription.currentPeriod);
    const wasDue = subscription.state === 'active' && until <= newest.dueBy && subscription.createdAt < newest.openedAt;
    return must(
      !wasDue || expected.has(subscription.id),
      'I10',
      `Period ${subscription.currentPeriod} ended ${until} and the newest run did not expect it.`,
      subscription.id,
      newest.id,
    );
  });
};

const setAsideWithReason: Check = (snapshot) => {
  const outcomes = snapshot.books.ranges.flatMap(({ billed }) =>
    billed === null ? [] : (storedPart<readonly PeriodOutcome[]>(snapshot, billed.outcomes) ?? []),
  );
  return [
    ...outcomes.flatMap((each) =>
      must(
        'invoice' in each || each.because.trim() !== '',
        'I38',
        `Period ${each.n} is ${each.outcome} without a reason.`,
        each.subscription,
        String(each.n),
      ),
    ),
    ...snapshot.books.webhooks.flatMap(({ id, state, because = '' }) =>
      must(
        state !== 'quarantined' || because !== '',
        'I38',
        `Webhook event ${id} is quarantined without a reason.`,
        id,
      ),
    ),
  ];
};
