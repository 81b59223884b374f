/**
 * A ledger page: all entries of one transaction, balanced, written once and never
 * changed. There are no balance records; every balance is a sum of pages (I21–I23).
 */
import { assert } from '../assert.ts';
import type { Money } from '../money/money.ts';
import { nothing, plus } from '../money/money.ts';
import type { Currency } from '../money/currency.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';

/** The accounts money moves between. `clearing` is money at the payment provider, not yet paid out. */
export type LedgerAccount = 'receivables' | 'revenue' | 'clearing' | 'customer_credit';

export interface LedgerEntry {
  readonly account: LedgerAccount;
  readonly side: 'debit' | 'credit';
  readonly amount: Money;
  readonly customer: string;
  readonly invoice: string;
}

export interface LedgerPage {
  readonly entity: string;
  /** Unique within the entity, and the same however often the transaction is tried. */
  readonly tx: string;
  readonly cause: 'invoice_finalized' | 'payment_succeeded';
  readonly postedOn: Day;
  readonly effectiveOn: Day;
  readonly recordedAt: Instant;
  readonly entries: readonly LedgerEntry[];
}

/** The page, once its debits equal its credits in every currency. */
export const balanced = (page: LedgerPage): LedgerPage => {
  for (const currency of currenciesOf(page)) {
    assert(
      sideTotal(page, 'debit', currency).minor === sideTotal(page, 'credit', currency).minor,
      `ledger page ${page.tx} balances in ${currency}`,
    );
  }
  assert(
    page.entries.length > 0 && page.entries.every(({ amount }) => amount.minor > 0n),
    `ledger page ${page.tx} moves positive amounts`,
  );
  return page;
};

const currenciesOf = ({ entries }: LedgerPage): readonly Currency[] => [
  ...new Set(entries.map(({ amount }) => amount.currency)),
];

const sideTotal = ({ entries }: LedgerPage, side: 'debit' | 'credit', currency: Currency): Money =>
  entries
    .filter((entry) => entry.side === side && entry.amount.currency === currency)
    .map(({ amount }) => amount)
    .reduce(plus, nothing(currency));
