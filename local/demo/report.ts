/** What came of the demo's month, read from the cloud's own books: for a program, and for a person. */
import type { Violation } from '#domain/audit/violation.ts';
import { billText } from '#domain/invoicing/bill-text.ts';
import type { Invoice, InvoiceBody } from '#domain/invoicing/invoice.ts';
import { amountText } from '#domain/money/money.ts';
import { present } from '#domain/assert.ts';
import { usageAccount } from '#domain/audit/usage-account.ts';
import type { Cloud } from '../cloud.ts';
import { takeSnapshot } from '../snapshot.ts';
import { companies } from './companies.ts';

export interface DemoReport {
  readonly invoices: readonly {
    readonly number: string;
    readonly customer: string;
    readonly industry: string;
    readonly total: { readonly amount: string; readonly currency: string };
    readonly status: string;
  }[];
  /** `accepted` counts distinct events: accepted = rated + quarantined once the month is billed. */
  readonly usage: {
    readonly accepted: number;
    readonly duplicates: number;
    readonly rated: number;
    readonly quarantined: number;
  };
  readonly payments: { readonly succeeded: number; readonly failed: number; readonly unknown: number };
  readonly mails: number;
  readonly violations: readonly Violation[];
  readonly seconds: number;
}

export const reportOf = async (
  cloud: Cloud,
  violations: readonly Violation[],
  seconds: number,
): Promise<DemoReport> => {
  const snapshot = await takeSnapshot(cloud);
  const { accepted, duplicates, rated, quarantined } = usageAccount(snapshot);
  const { attempts } = snapshot.books;
  const count = (state: string) => attempts.filter((attempt) => attempt.state === state).length;
  const bills = await billsOf(cloud);
  return {
    invoices: bills.map(({ invoice, body }) => ({
      number: 'number' in invoice.status ? (invoice.status.number ?? '') : '',
      customer: body.billTo.name,
      industry: companyOf(invoice).industry,
      total: { amount: amountText(invoice.total), currency: invoice.total.currency },
      status: invoice.status.state,
    })),
    usage: { accepted, duplicates, rated, quarantined },
    payments: { succeeded: count('succeeded'), failed: count('failed'), unknown: count('unknown') },
    mails: (await cloud.inbox.inbox()).length,
    violations,
    seconds: Math.round(seconds * 10) / 10,
  };
};

/** The three bills as they are printed, and what happened to each. */
export const printReport = async (cloud: Cloud, report: DemoReport): Promise<string> => {
  const mails = await cloud.inbox.inbox();
  const bills = await Promise.all(
    (await billsOf(cloud)).map(async ({ invoice, body }) => {
      const attempts = (await cloud.world.ports.books.list(['attempt'], { invoice: invoice.id, n: 0 })).filter(
        ({ value }) => value.invoice === invoice.id,
      );
      return [
        billText(invoice, body),
        '',
        ...mails
          .filter(({ to }) => to.includes(body.billTo.email))
          .map(({ subject, to }) => `  mailed to ${to.join(', ')}: ${subject}`),
        ...attempts.map(
          ({ value }) =>
            `  charge ${String(value.n)} on ${value.claimedAt.slice(0, 10)}: ${value.state}${value.because === undefined ? '' : ` (${value.because})`}`,
        ),
        ...(invoice.status.state === 'paid' ? [`  paid on ${invoice.status.paidAt.slice(0, 10)}`] : []),
      ].join('\n');
    }),
  );
  const { accepted, duplicates, rated, quarantined } = report.usage;
  return [
    ...bills,
    [
      `${String(accepted)} distinct usage events = ${String(rated)} rated + ${String(quarantined)} quarantined; ${String(duplicates)} repeats counted once`,
      report.violations.length === 0
        ? 'The audit found nothing.'
        : `The audit found ${String(report.violations.length)}:\n${report.violations.map((each) => `  ${each.invariant}: ${each.what}`).join('\n')}`,
    ].join('\n'),
  ].join(`\n\n${'─'.repeat(72)}\n\n`);
};

const billsOf = async (cloud: Cloud): Promise<readonly { readonly invoice: Invoice; readonly body: InvoiceBody }[]> => {
  const { books } = cloud.world.ports;
  const { sorts } = await books.index('invoice', { limit: 100 });
  const heads = await books.getAll(
    'invoice',
    sorts.map((sort) => sort.slice(sort.indexOf('#') + 1)),
  );
  return Promise.all(
    heads.map(async ({ value }) => ({ invoice: value, body: (await books.part(value.body)) as InvoiceBody })),
  );
};

const companyOf = ({ billingEntity }: Invoice) =>
  present(
    companies.find(({ entity }) => entity.key === billingEntity),
    `${billingEntity} is a company of the demo`,
  );
