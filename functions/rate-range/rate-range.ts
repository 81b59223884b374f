/**
 * Rates the usage of a range of due periods: reads the journal once for all of them
 * and writes what each subscription's meters read, and what could not be rated with
 * the reason why. Nothing here decides a price; the same cut-off gives the same
 * quantities however often this runs.
 */
import { present } from '#domain/assert.ts';
import { canonicalHash } from '#domain/canonical.ts';
import { pricedMeters } from '#domain/catalog/plan.ts';
import type { DuePeriod, RatedPeriods, RangeUsage } from '#domain/invoicing/billing-run.ts';
import type { Instant } from '#domain/time/instant.ts';
import { pointKnownBy } from '#domain/usage/point.ts';
import { rateUsage, type UsageRating } from '#domain/usage/rate-usage.ts';
import { change } from '../handle.ts';
import type { Books, UsageLog } from '../ports.ts';
import type { StepCode } from '../step.ts';
import { listQuarantined } from './list-quarantined.ts';
import { readFromOf, type UsageFile, usageScopeOf } from './usage-scope-of.ts';

export const rateRange: StepCode<'rate-range'> = async ({ data }, { books, usageLog }) => {
  const range = present(await books.get('runRange', data), `range ${String(data.range)} of ${data.run} is open`);
  const tell = [{ name: 'range.rated' as const, data }];
  if (range.value.rated !== null) return { tell };

  const run = present(await books.get('run', data.run), `run ${data.run} is open`).value;
  const due = (await books.part(range.value.expected)) as readonly DuePeriod[];
  const files = await usageFiles(books, due, run.usageUpTo);
  const rating = await rate(books, usageLog, files, run.usageUpTo);
  const usage = ratedPeriods(rating);
  const quarantined =
    rating.quarantined.length === 0 ? null : await listQuarantined(rating.quarantined, data, usageLog);
  return {
    stage: quarantined === null ? [usage] : [usage, quarantined],
    write: [
      change(range, {
        ...range.value,
        rated: {
          usage: canonicalHash(usage),
          quarantined: quarantined === null ? null : canonicalHash(quarantined),
          counts: countsOf(rating),
        },
      }),
    ],
    tell,
  };
};

/** The files of those due periods whose plan prices usage, with what was known of points by the run's cut-off. */
export const usageFiles = async (
  books: Books,
  due: readonly DuePeriod[],
  knownBy: Instant,
): Promise<readonly UsageFile[]> => {
  const accounts = new Map(
    (
      await books.getAll(
        'account',
        due.map(({ customer }) => customer),
      )
    ).map(({ value }) => [value.customer, value]),
  );
  const metered = due.filter(
    ({ customer, subscription }) => accounts.get(customer)?.usageSubscription === subscription,
  );
  const subscriptions = new Map(
    (
      await books.getAll(
        'subscription',
        metered.map(({ subscription }) => subscription),
      )
    ).map(({ value }) => [value.id, value]),
  );
  const files: UsageFile[] = [];
  for (const { customer, subscription: id, n } of metered) {
    const subscription = present(subscriptions.get(id), `subscription ${id} exists`);
    const version = await books.get('planVersion', { plan: subscription.plan, version: subscription.planVersion });
    const priced = pricedMeters(present(version, `the plan version of ${id} exists`).value);
    const marks = await books.list(['customerPoint'], { customer, subject: '' });
    const points = await books.getAll(
      'point',
      marks.map(({ value }) => value.subject),
    );
    files.push({
      subscription,
      n,
      points: points.map(({ value }) => pointKnownBy(value, knownBy)),
      priced,
    });
  }
  return files;
};

export const rate = async (
  books: Books,
  usageLog: UsageLog,
  files: readonly UsageFile[],
  upTo: Instant,
): Promise<UsageRating> => {
  const meters = (await books.list(['meter'], '')).map(({ value }) => value);
  const numbers = await usageLog.numbersOf(files.flatMap(({ points }) => points.map(({ subject }) => subject)));
  const merge = rateUsage(usageScopeOf(files, meters, numbers), { unassignedListed: 0 });
  if (numbers.size > 0) for await (const piece of usageLog.read(readFromOf(files), upTo)) merge.add(piece);
  return merge.finish();
};

const ratedPeriods = ({ rated, ratedEvents }: UsageRating): RatedPeriods =>
  Object.fromEntries(
    Object.entries(ratedEvents).map(([target, count]) => [
      target,
      { events: count, meters: rated.filter((each) => each.target === target) },
    ]),
  );

const countsOf = ({ counts }: UsageRating): RangeUsage => ({
  distinct: counts.distinct,
  repeats: counts.repeats,
  rated: counts.rated,
  settled: counts.settled,
  quarantined: counts.late + counts.conflicts + counts.unknownMeter + counts.badQuantity,
  notDue: counts.unassigned,
});
