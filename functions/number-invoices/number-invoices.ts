/**
 * Numbers the drafts of a range, 25 a transaction: series, invoices, what their
 * customers owe and the ledger page are committed together, so a number is never
 * lost or given twice. A draft that has its number already is passed over.
 */
import { present } from '#domain/assert.ts';
import type { PeriodOutcome } from '#domain/invoicing/billing-run.ts';
import { decideNumbers } from '#domain/invoicing/decide-numbers.ts';
import type { Invoice } from '#domain/invoicing/invoice.ts';
import type { NumberSeries } from '#domain/invoicing/number-series.ts';
import { finalizedPage } from '#domain/ledger/finalized-page.ts';
import { openItems } from '#domain/receivables/open-items.ts';
import { isRefusal } from '#domain/refusal.ts';
import { type Day, utcDay } from '#domain/time/day.ts';
import type { DomainEvent } from '#events/domain-events.ts';
import { change, create, type Handle } from '../handle.ts';
import type { Books } from '../ports.ts';
import { restoreGate } from '../records/restore-gate.ts';
import { type EachStep, nothingToDo, type StepCode } from '../step.ts';

/** Invoices, accounts, series, ledger page, outbox page and gate of 25 are 54 items of the 90 an answer may have. */
const perTransaction = 25;

const step: EachStep<'number-invoices', readonly string[], number> = {
  nameOf: (ids) => ids.join(' '),
  split: (ids) => ids.map((id) => [id]),

  items: async ({ data }, { books }) => {
    const ids = (await invoicesOf(books, data))
      .filter(({ billingEntity }) => billingEntity === data.entity)
      .map(({ invoice }) => invoice);
    return Array.from({ length: Math.ceil(ids.length / perTransaction) }, (_, i) =>
      ids.slice(i * perTransaction, (i + 1) * perTransaction),
    );
  },

  answer: async (ids, { data }, { books, now }) => {
    const drafts = (await books.getAll('invoice', ids)).filter(({ value }) => value.status.state === 'draft');
    if (drafts.length === 0) return { result: 0 };
    const gate = await restoreGate('number', books);
    if (isRefusal(gate)) return gate;

    const entity = present(await books.get('billingEntity', data.entity), `billing entity ${data.entity} exists`).value;
    const { series, handle } = await seriesOf(books, data.entity, utcDay(now));
    const issuedOn = utcDay(now) > series.lastIssuedOn ? utcDay(now) : series.lastIssuedOn;
    const numbered = decideNumbers(
      series,
      entity,
      drafts.map(({ value }) => value),
      issuedOn,
      now,
    );
    return {
      write: [
        gate,
        handle === undefined ? create('series', numbered.series) : change(handle, numbered.series),
        ...drafts.map((draft, i) => change(draft, present(numbered.invoices[i], 'every draft is numbered'))),
        ...(await owingAccounts(books, numbered.invoices)),
        create('ledgerPage', finalizedPage(series, numbered.invoices, issuedOn, now)),
      ],
      tell: numbered.invoices.map(({ id }): DomainEvent<'invoice.finalized'> => ({
        name: 'invoice.finalized',
        data: { invoice: id },
      })),
      result: drafts.length,
    };
  },

  close: async ({ data }, _, { books }) => {
    const range = present(await books.get('runRange', data), `range ${String(data.range)} of ${data.run} is open`);
    const invoices = await books.getAll(
      'invoice',
      (await invoicesOf(books, data)).map(({ invoice }) => invoice),
    );
    if (invoices.some(({ value }) => value.status.state === 'draft')) return nothingToDo;
    return {
      write: range.value.numbered ? [] : [change(range, { ...range.value, numbered: true })],
      tell: [{ name: 'range.numbered', data: { run: data.run, range: data.range } }],
    };
  },
};
export const numberInvoices: StepCode<'number-invoices'> = step;

const invoicesOf = async (books: Books, range: { readonly run: string; readonly range: number }) => {
  const { value } = present(await books.get('runRange', range), `range ${String(range.range)} of ${range.run} is open`);
  const outcomes = (await books.part(
    present(value.billed, 'a range is billed before it is numbered').outcomes,
  )) as readonly PeriodOutcome[];
  return outcomes.flatMap((each) => (each.outcome === 'invoiced' ? [each] : []));
};

const seriesOf = async (
  books: Books,
  entity: string,
  today: Day,
): Promise<{ readonly series: NumberSeries; readonly handle?: Handle<'series'> }> => {
  const key = { entity, kind: 'invoice', fiscalYear: today.slice(0, 4) } as const;
  const handle = await books.get('series', key);
  return handle === undefined ? { series: { ...key, next: 1, lastIssuedOn: today } } : { series: handle.value, handle };
};

/** One change an account, though several of its invoices may be numbered at once. */
const owingAccounts = async (books: Books, invoices: readonly Invoice[]) => {
  const byCustomer = Map.groupBy(invoices, ({ customer }) => customer);
  const accounts = await books.getAll('account', [...byCustomer.keys()]);
  return [...byCustomer].map(([customer, theirs]) => {
    const account = present(
      accounts.find(({ key }) => key === customer),
      `customer ${customer} has an account`,
    );
    return change(account, openItems(account.value, theirs));
  });
};
