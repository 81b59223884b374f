/** What a range that is not numbered yet waits for, told again: to be rated, its bills, or their numbers. */
import type { PeriodOutcome, RunRange } from '#domain/invoicing/billing-run.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import { seriesReady } from '#events/series-ready.ts';
import type { Books } from '../ports.ts';

export const nextOfRange = async (
  books: Books,
  { run, range, rated, billed }: RunRange,
): Promise<readonly DomainEvent<'range.due' | 'range.rated' | 'series.ready'>[]> => {
  const data = { run, range };
  if (rated === null) return [{ name: 'range.due', data }];
  if (billed === null) return [{ name: 'range.rated', data }];
  const outcomes = (await books.part(billed.outcomes)) as readonly PeriodOutcome[];
  const entities = new Set(outcomes.flatMap((each) => (each.outcome === 'invoiced' ? [each.billingEntity] : [])));
  return [...entities].map((entity) => seriesReady(data, entity));
};
