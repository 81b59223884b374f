/**
 * Gives drafts their numbers: each the next of its series, in order, with its issue
 * and due day and the hash that holds it to them.
 */
import { assert } from '../assert.ts';
import { canonicalHash } from '../canonical.ts';
import type { BillingEntity } from '../catalog/billing-entity.ts';
import { addDays, type Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { Invoice, Issued } from './invoice.ts';
import { documentNumber, type NumberSeries, seriesKey } from './number-series.ts';

export interface Numbered {
  readonly series: NumberSeries;
  readonly invoices: readonly Invoice[];
}

/** The drafts, in the order given, as final invoices issued on that day. */
export const decideNumbers = (
  series: NumberSeries,
  entity: BillingEntity,
  drafts: readonly Invoice[],
  issuedOn: Day,
  now: Instant,
): Numbered => {
  assert(series.lastIssuedOn <= issuedOn, `series ${seriesKey(series)} does not go back to ${issuedOn}`);
  return {
    series: { ...series, next: series.next + drafts.length, lastIssuedOn: issuedOn },
    invoices: drafts.map((draft, i) => finalised(draft, series, entity, series.next + i, issuedOn, now)),
  };
};

const finalised = (
  draft: Invoice,
  series: NumberSeries,
  entity: BillingEntity,
  serial: number,
  issuedOn: Day,
  now: Instant,
): Invoice => {
  assert(draft.status.state === 'draft', `invoice ${draft.id} is a draft`);
  const issued: Omit<Issued, 'contentHash'> = {
    number: documentNumber(entity.numberPrefix, series.fiscalYear, serial),
    series: seriesKey(series),
    serial,
    issuedOn,
    dueOn: addDays(issuedOn, draft.netTermsDays),
    finalizedAt: now,
  };
  return {
    ...draft,
    status: { state: 'final', ...issued, contentHash: contentHash(draft, issued) },
    nextAttemptOn: draft.total.minor > 0n ? issuedOn : null,
  };
};

/** What final freezes: the body and what numbering added (I16). */
export const contentHash = (
  { id, body, total }: Invoice,
  { number, series, serial, issuedOn, dueOn, finalizedAt }: Omit<Issued, 'contentHash'>,
): string => canonicalHash({ id, body, total, number, series, serial, issuedOn, dueOn, finalizedAt });
