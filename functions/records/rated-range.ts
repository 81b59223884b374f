/** What a range that is rated and not yet numbered waits for, told again: its bills, or their numbers. */
import type { PeriodOutcome, RunRange } from '#domain/invoicing/billing-run.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import { seriesReady } from '#events/series-ready.ts';
import type { Books } from '../ports.ts';

export const nextOfRatedRange = async (
  books: Books,
  { run, range, billed }: RunRange,
): Promise<readonly DomainEvent<'range.rated' | 'series.ready'>[]> => {
  const data = { run, range };
  if (billed === null) return [{ name: 'range.rated', data }];
  const outcomes = (await books.part(billed.outcomes)) as readonly PeriodOutcome[];
  const entities = new Set(outcomes.flatMap((each) => (each.outcome === 'invoiced' ? [each.billingEntity] : [])));
  return [...entities].map((entity) => seriesReady(data, entity));
};
