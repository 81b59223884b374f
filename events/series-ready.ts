/** The event that a range's drafts of one billing entity want their numbers, in the one series that numbers them. */
import type { DomainEvent } from './domain-events.ts';

export const seriesReady = (
  { run, range }: { readonly run: string; readonly range: number },
  entity: string,
): DomainEvent<'series.ready'> => ({
  name: 'series.ready',
  data: { run, range, entity, series: `${entity}#invoice` },
});
