/**
 * Fences off the numbers that were given in the hours a restore lost: a number that is
 * on a paper in somebody's hands is never given to another document. The series goes on
 * behind the highest, and what it passes over is a hole with its reason, which the audit
 * counts and a person can read.
 */
import type { BillingEntity } from '../catalog/billing-entity.ts';
import { type NumberSeries, seriesKey } from '../invoicing/number-series.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type Fence, lostSince, type Restore } from './restore.ts';

/** The series a document number is of, and its place there. */
export interface Numbered {
  readonly series: Pick<NumberSeries, 'entity' | 'kind' | 'fiscalYear'>;
  readonly serial: number;
}

const shape = /^(.+)-(\d{4})-(\d{6,9})$/;

/** What `CH-2026-000012` says, by the entities there are. */
export const readNumber = (
  number: string,
  entities: readonly BillingEntity[],
): Numbered | Refusal<'unknown_number'> => {
  const [, prefix, fiscalYear = '', digits = ''] = shape.exec(number) ?? [];
  const entity = entities.find(({ numberPrefix }) => numberPrefix === prefix);
  const serial = Number(digits); // eslint-disable-line no-restricted-syntax -- a serial is a count
  return entity === undefined || serial === 0
    ? refuse('unknown_number', `${number} is no number of a billing entity of these books.`)
    : { series: { entity: entity.key, kind: 'invoice', fiscalYear }, serial };
};

/** The highest serial of each series. */
export const highestOf = (numbers: readonly Numbered[]): readonly Numbered[] =>
  [...Map.groupBy(numbers, ({ series }) => seriesKey(series)).values()].map((same) =>
    same.reduce((highest, each) => (each.serial > highest.serial ? each : highest)),
  );

/** The series behind that serial, and what it passed over; undefined where it is behind it already. */
export const fenceSeries = (
  series: NumberSeries,
  serial: number,
  restore: Pick<Restore, 'restoredTo' | 'closedAt' | 'unfinished'>,
): { readonly series: NumberSeries; readonly fence: Fence } | undefined => {
  if (serial < series.next) return undefined;
  const because = `Given after ${lostSince(restore)}, in hours lost to the books that were restored on ${restore.closedAt.slice(0, 10)}; the documents that had them are not in the books.`;
  const hole = { from: series.next, until: serial, because };
  return {
    series: { ...series, next: serial + 1, holes: joined(series.holes ?? [], hole, (a, b) => a.because === b.because) },
    fence: { series: seriesKey(series), from: series.next, until: serial },
  };
};

/** With one fence more, which numbers found in several lots make longer. */
export const withFence = (fences: readonly Fence[], fence: Fence): readonly Fence[] =>
  joined(fences, fence, (a, b) => a.series === b.series);

const joined = <Span extends { readonly from: number; readonly until: number }>(
  spans: readonly Span[],
  next: Span,
  isAlike: (a: Span, b: Span) => boolean,
): readonly Span[] => {
  const before = spans.find((span) => isAlike(span, next) && span.until + 1 === next.from);
  return before === undefined
    ? [...spans, next]
    : spans.map((span) => (span === before ? { ...span, until: next.until } : span));
};
