/**
 * A gapless series of document numbers of one billing entity, kind and fiscal
 * year. It has one writer at a time: the next number and the documents that take
 * it are committed together, so there is no hole and no double (I17).
 */
import type { Day } from '../time/day.ts';

export interface NumberSeries {
  readonly entity: string;
  readonly kind: 'invoice';
  readonly fiscalYear: string;
  /** The serial the next document takes, from 1. */
  readonly next: number;
  /** Issue days never go back within a series. */
  readonly lastIssuedOn: Day;
  /** What was passed over, in order; absent where nothing ever was. */
  readonly holes?: readonly NumberHole[];
}

/** Serials, both counted, that no document of the books has, and why for a person. */
export interface NumberHole {
  readonly from: number;
  readonly until: number;
  readonly because: string;
}

/** `CH-2026-000001`: prefix, fiscal year, serial of at least six digits. */
export const documentNumber = (prefix: string, fiscalYear: string, serial: number): string =>
  `${prefix}-${fiscalYear}-${String(serial).padStart(6, '0')}`;

export const seriesKey = ({ entity, kind, fiscalYear }: Pick<NumberSeries, 'entity' | 'kind' | 'fiscalYear'>): string =>
  `${entity}#${kind}#${fiscalYear}`;
