/**
 * The ledger balances and says what the documents say: I8 nothing is posted twice, I21
 * double entry, I22 agreement of invoices, open items, payments and entries. Sums here
 * are plain sums of minor units, currency by currency.
 */
import type { Invoice } from '../invoicing/invoice.ts';
import type { LedgerAccount, LedgerEntry, LedgerPage } from '../ledger/ledger-page.ts';
import type { Money } from '../money/money.ts';
import { amountText, moneyText } from '../money/money.ts';
import { type Check, must, type Violation } from './violation.ts';

export const auditLedger: Check = (snapshot) => [
  ...snapshot.books.ledgerPages.flatMap(pageBalances),
  ...effectsArePostedOnce(snapshot),
  ...invoicesAreTheirPostings(snapshot),
  ...receivablesAreTheOpenItems(snapshot),
  ...openItemsAreTheUnpaidInvoices(snapshot),
  ...clearingIsThePayments(snapshot),
];

const pageBalances = ({ tx, entries }: LedgerPage): readonly Violation[] => [
  ...[...Map.groupBy(entries, ({ amount }) => amount.currency)].flatMap(([currency, same]) => {
    const difference = balance(same);
    return must(
      difference === 0n,
      'I21',
      `The page's debits exceed its credits by ${amountText({ minor: difference, currency })} ${currency}.`,
      tx,
    );
  }),
  ...must(
    entries.length > 0 && entries.every(({ amount }) => amount.minor > 0n),
    'I21',
    'The page moves nothing, or less than nothing.',
    tx,
  ),
];

const effectsArePostedOnce: Check = ({ books }) => {
  const entriesOf = (cause: LedgerPage['cause'], account: LedgerAccount) =>
    books.ledgerPages
      .filter((page) => page.cause === cause)
      .flatMap(({ entries }) => entries.filter((entry) => entry.account === account));
  const twice = (entries: readonly LedgerEntry[], what: string) =>
    [...Map.groupBy(entries, ({ invoice }) => invoice)].flatMap(([invoice, same]) =>
      must(same.length === 1, 'I8', `${what} of invoice ${invoice} is posted ${same.length} times.`, invoice),
    );
  const transactions = Map.groupBy(books.ledgerPages, ({ entity, tx }) => `${entity} ${tx}`);
  return [
    ...twice(entriesOf('invoice_finalized', 'revenue'), 'The revenue'),
    ...twice(entriesOf('payment_succeeded', 'clearing'), 'The payment'),
    ...[...transactions.values()].flatMap((pages) =>
      must(
        pages.length === 1,
        'I8',
        `A transaction has ${pages.length} pages.`,
        ...pages.slice(0, 1).map(({ tx }) => tx),
      ),
    ),
  ];
};

/** Issued: owed and earned to the cent. Paid: no longer owed, and with the provider. Draft or void: neither. */
const invoicesAreTheirPostings: Check = ({ books }) => {
  const entriesOf = Map.groupBy(entriesIn(books.ledgerPages), ({ invoice }) => invoice);
  const invoices = new Map(books.invoices.map((invoice) => [invoice.id, invoice]));
  return [
    ...books.invoices.flatMap((invoice) => {
      const entries = entriesOf.get(invoice.id) ?? [];
      return [
        ...postedAs(invoice, entries, 'revenue'),
        ...postedAs(invoice, entries, 'receivables'),
        ...postedAs(invoice, entries, 'clearing'),
      ];
    }),
    ...[...entriesOf.keys()].flatMap((id) =>
      must(invoices.has(id), 'I22', `The ledger has entries of invoice ${id}, which does not exist.`, id),
    ),
  ];
};

const postedAs = (
  { id, total, status }: Invoice,
  entries: readonly LedgerEntry[],
  account: LedgerAccount,
): readonly Violation[] => {
  const isIssued = status.state === 'final' || status.state === 'paid';
  const isPaid = status.state === 'paid';
  const expected = {
    revenue: isIssued ? -total.minor : 0n,
    receivables: isIssued && !isPaid ? total.minor : 0n,
    clearing: isPaid ? total.minor : 0n,
    customer_credit: 0n,
  }[account];
  const mine = entries.filter((entry) => entry.account === account);
  const agrees = balance(mine) === expected && mine.every(({ amount }) => amount.currency === total.currency);
  return must(
    agrees,
    'I22',
    `Invoice ${id} over ${moneyText(total)} is ${status.state}; ${account} holds ${amountText({ ...total, minor: balance(mine) })} for it.`,
    id,
  );
};

const receivablesAreTheOpenItems: Check = ({ books }) => {
  const receivables = entriesIn(books.ledgerPages).filter(({ account }) => account === 'receivables');
  const byCustomer = Map.groupBy(receivables, ({ customer }) => customer);
  return books.accounts.flatMap(({ customer, currency, openItems }) => {
    const owed = openItems.reduce((sum, { open }) => sum + open.minor, 0n);
    const posted = balance((byCustomer.get(customer) ?? []).filter(({ amount }) => amount.currency === currency));
    return must(
      owed === posted,
      'I22',
      `The account owes ${amountText({ minor: owed, currency })} ${currency}, the ledger has ${amountText({ minor: posted, currency })}.`,
      customer,
    );
  });
};

const openItemsAreTheUnpaidInvoices: Check = ({ books }) => {
  const items = books.accounts.flatMap(({ customer, openItems }) => openItems.map((item) => ({ ...item, customer })));
  const byInvoice = Map.groupBy(items, ({ invoice }) => invoice);
  const unpaid = new Map(
    books.invoices.filter(({ status }) => status.state === 'final').map((invoice) => [invoice.id, invoice]),
  );
  return [
    ...[...unpaid.values()].flatMap(({ id, customer, total, status }) => {
      const [item, ...more] = byInvoice.get(id) ?? [];
      const agrees =
        item?.customer === customer &&
        isSame(item.open, total) &&
        'dueOn' in status &&
        item.dueOn === status.dueOn &&
        item.number === status.number;
      return must(
        agrees && more.length === 0,
        'I22',
        `Invoice ${id} is unpaid and is not one open item of its customer.`,
        id,
        customer,
      );
    }),
    ...items.flatMap(({ invoice, customer }) =>
      must(unpaid.has(invoice), 'I22', `Invoice ${invoice} is an open item and is not unpaid.`, invoice, customer),
    ),
  ];
};

const clearingIsThePayments: Check = ({ books }) => {
  const clearing = entriesIn(books.ledgerPages).filter(({ account }) => account === 'clearing');
  const paid = books.attempts.filter(({ state }) => state === 'succeeded').map(({ amount }) => amount);
  const currencies = new Set([
    ...clearing.map(({ amount }) => amount.currency),
    ...paid.map(({ currency }) => currency),
  ]);
  return [...currencies].flatMap((currency) => {
    const posted = balance(clearing.filter(({ amount }) => amount.currency === currency));
    const received = paid.filter((amount) => amount.currency === currency).reduce((sum, { minor }) => sum + minor, 0n);
    return must(
      posted === received,
      'I22',
      `Clearing holds ${amountText({ minor: posted, currency })} ${currency}, payments came to ${amountText({ minor: received, currency })}.`,
      'clearing',
      currency,
    );
  });
};

const entriesIn = (pages: readonly LedgerPage[]): readonly LedgerEntry[] => pages.flatMap(({ entries }) => entries);

/** Debits less credits. */
const balance = (entries: readonly LedgerEntry[]): bigint =>
  entries.reduce((sum, { side, amount }) => (side === 'debit' ? sum + amount.minor : sum - amount.minor), 0n);

const isSame = (a: Money, b: Money): boolean => a.currency === b.currency && a.minor === b.minor;
