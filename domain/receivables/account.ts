/**
 * What a customer owes: the open items, in one record that is part of every money
 * transaction of that customer. It is lock, order and balance in one.
 */
import type { Currency } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import type { Day } from '../time/day.ts';

export interface Account {
  readonly customer: string;
  readonly currency: Currency;
  /** Final invoices not yet paid in full, oldest first. */
  readonly openItems: readonly OpenItem[];
  /** Subscriptions started so far; the next one's id carries one more. */
  readonly subscriptions: number;
  /** The subscription whose plan prices usage; a customer has at most one of those at a time. */
  readonly usageSubscription: string | null;
}

export interface OpenItem {
  readonly invoice: string;
  readonly number: string;
  readonly open: Money;
  readonly dueOn: Day;
}
