/**
 * The ledger page of invoices made final together: each is now receivable, and revenue.
 * Its transaction id is the series' place, which only one transaction can take.
 */
import type { NumberSeries } from '../invoicing/number-series.ts';
import { seriesKey } from '../invoicing/number-series.ts';
import type { Invoice } from '../invoicing/invoice.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { balanced, type LedgerEntry, type LedgerPage } from './ledger-page.ts';

/** `series` as it was before the invoices took their numbers. */
export const finalizedPage = (
  series: NumberSeries,
  invoices: readonly Invoice[],
  postedOn: Day,
  now: Instant,
): LedgerPage =>
  balanced({
    entity: series.entity,
    tx: `final-${seriesKey(series)}-${String(series.next).padStart(9, '0')}`,
    cause: 'invoice_finalized',
    postedOn,
    effectiveOn: postedOn,
    recordedAt: now,
    entries: invoices.flatMap(owed),
  });

const owed = ({ id, customer, total }: Invoice): readonly LedgerEntry[] => [
  { account: 'receivables', side: 'debit', amount: total, customer, invoice: id },
  { account: 'revenue', side: 'credit', amount: total, customer, invoice: id },
];
