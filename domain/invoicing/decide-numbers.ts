/**
 * Gives drafts their numbers: each the next of its series, in order, with its issue
 * and due day and the hash that holds it to them. Finalising is also what makes the
 * money owed, so the customer's open items and the ledger page come with it.
 */
import { assert } from '../assert.ts';
import { canonicalHash } from '../canonical.ts';
import type { BillingEntity } from '../catalog/billing-entity.ts';
import { balanced, type LedgerEntry, type LedgerPage } from '../ledger/ledger-page.ts';
import type { Account } from '../receivables/account.ts';
import { addDays, type Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { Invoice, Issued } from './invoice.ts';
import { documentNumber, type NumberSeries, seriesKey } from './number-series.ts';

export interface Numbered {
  readonly series: NumberSeries;
  readonly invoices: readonly Invoice[];
  readonly page: LedgerPage;
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
  const invoices = drafts.map((draft, i) => finalised(draft, series, entity, series.next + i, issuedOn, now));
  return {
    series: { ...series, next: series.next + drafts.length, lastIssuedOn: issuedOn },
    invoices,
    page: balanced({
      entity: series.entity,
      tx: `final-${seriesKey(series)}-${String(series.next).padStart(9, '0')}`,
      cause: 'invoice_finalized',
      postedOn: issuedOn,
      effectiveOn: issuedOn,
      recordedAt: now,
      entries: invoices.flatMap(owed),
    }),
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

const owed = ({ id, customer, total }: Invoice): readonly LedgerEntry[] => [
  { account: 'receivables', side: 'debit', amount: total, customer, invoice: id },
  { account: 'revenue', side: 'credit', amount: total, customer, invoice: id },
];

/** The account with these invoices among its open items. */
export const owing = (account: Account, invoices: readonly Invoice[]): Account => ({
  ...account,
  openItems: [
    ...account.openItems,
    ...invoices.map(({ id, total, status }) => {
      assert(status.state === 'final', `invoice ${id} is final before it is owed`);
      return { invoice: id, number: status.number, open: total, dueOn: status.dueOn };
    }),
  ],
});
