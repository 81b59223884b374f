/** The ranges of a run as the API shows them: counts that add up, and every period that has no bill with its reason. */
import type { OutcomeCounts, PeriodOutcome, RunRange, RangeUsage } from '#domain/invoicing/billing-run.ts';
import type { Books } from '../../ports.ts';

export const rangeView = ({ range, rated, billed, numbered, expectedCount }: RunRange) => {
  const { invoiced, nothing_to_bill: nothingToBill, parked, failed } = billed?.counts ?? nothingYet;
  const waiting = expectedCount - invoiced - nothingToBill - parked - failed;
  return {
    range,
    rated: rated !== null,
    billed: billed !== null,
    numbered,
    counts: { expected: expectedCount, invoiced, nothingToBill, parked, failed, waiting },
    usage: rated === null ? null : usageOf(rated.counts),
  };
};

const nothingYet: OutcomeCounts = { invoiced: 0, nothing_to_bill: 0, parked: 0, failed: 0 };

type RangeView = ReturnType<typeof rangeView>;

/** A run's counts are the sums of its ranges', never counters of their own. */
export const sumOf = (ranges: readonly RangeView[]) => {
  const counts = { expected: 0, invoiced: 0, nothingToBill: 0, parked: 0, failed: 0, waiting: 0 };
  const usage = { distinct: 0, repeats: 0, rated: 0, settled: 0, quarantined: 0, notDue: 0 };
  for (const range of ranges) {
    for (const name of Object.keys(counts) as (keyof typeof counts)[]) counts[name] += range.counts[name];
    for (const name of Object.keys(usage) as (keyof typeof usage)[]) usage[name] += range.usage?.[name] ?? 0;
  }
  return { counts, usage };
};

const usageOf = ({ distinct, repeats, rated, settled, quarantined, notDue }: RangeUsage) => ({
  distinct,
  repeats,
  rated,
  settled,
  quarantined,
  notDue,
});

const mostShown = 1_000;

export const exceptionsOf = async (books: Books, ranges: readonly RunRange[]) => {
  const exceptions = [];
  for (const { range, billed } of ranges) {
    if (billed === null || billed.counts.parked + billed.counts.failed === 0) continue;
    for (const period of (await books.part(billed.outcomes)) as readonly PeriodOutcome[]) {
      if (period.outcome !== 'parked' && period.outcome !== 'failed') continue;
      const { customer, subscription, n, outcome, because } = period;
      exceptions.push({ range, customer, subscription, period: n, outcome, because });
      if (exceptions.length === mostShown) return exceptions;
    }
  }
  return exceptions;
};
