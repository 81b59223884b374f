/**
 * What the audit does not look at, since it would not hold of every healthy system: in
 * a simulation all is known, so nobody may be left unbilled, nobody parked, and the
 * sums must be those of the figures on the bills.
 */
import { billText } from '#domain/invoicing/bill-text.ts';
import type { PeriodOutcome } from '#domain/invoicing/billing-run.ts';
import type { InvoiceBody } from '#domain/invoicing/invoice.ts';
import { storedPart } from '#domain/audit/stored-part.ts';
import { must, type Violation } from '#domain/audit/violation.ts';
import type { Snapshot } from '#domain/audit/snapshot.ts';
import { present } from '#domain/assert.ts';
import { periodOf } from '#domain/subscriptions/subscription.ts';
import { addMinutes } from '#domain/time/instant.ts';
import type { Simulated } from './simulated.ts';

export const crossCheck = (
  snapshot: Snapshot,
): Pick<Simulated, 'bills' | 'figures'> & { readonly flaws: readonly Violation[] } => {
  const { books, charges, mails, journal } = snapshot;
  return {
    flaws: [everyoneIsBilled, nobodyIsParked, chargesPayBills, oneBillAMailbox].flatMap((check) => check(snapshot)),
    bills: books.invoices
      .map((invoice) =>
        billText(invoice, present(storedPart<InvoiceBody>(snapshot, invoice.body), 'a bill has a body')),
      )
      .sort(),
    figures: {
      invoices: books.invoices.length,
      charges: charges.length,
      mails: mails.length,
      events: journal.length,
    },
  };
};

const longestWaitMinutes = 2 * 24 * 60;

const everyoneIsBilled = ({ books, takenAt }: Snapshot): readonly Violation[] =>
  books.subscriptions.flatMap((subscription) => {
    const { until } = periodOf(subscription, subscription.currentPeriod);
    return must(
      addMinutes(until, longestWaitMinutes) > takenAt,
      'I10',
      `Period ${String(subscription.currentPeriod)} ended ${until} and is not billed.`,
      subscription.id,
    );
  });

/** No fault is anybody's fault whose record it strikes: an outage goes up, and nothing else parks. */
const nobodyIsParked = (snapshot: Snapshot): readonly Violation[] =>
  snapshot.books.ranges.flatMap(({ run, billed }) =>
    (billed === null ? [] : (storedPart<readonly PeriodOutcome[]>(snapshot, billed.outcomes) ?? [])).flatMap((each) =>
      must(
        each.outcome !== 'parked' && each.outcome !== 'failed',
        'I38',
        `Period ${String(each.n)} is ${each.outcome}: ${'because' in each ? each.because : ''}`,
        each.subscription,
        run,
      ),
    ),
  );

const chargesPayBills = ({ books, charges }: Snapshot): readonly Violation[] => {
  const paid = books.invoices.filter(({ status }) => status.state === 'paid');
  const succeeded = charges.filter(({ status }) => status === 'succeeded');
  return must(
    succeeded.length === paid.length,
    'I25',
    `The provider took money ${String(succeeded.length)} times; ${String(paid.length)} bills are paid.`,
  );
};

const oneBillAMailbox = ({ mails, books }: Snapshot): readonly Violation[] => {
  const letters = Map.groupBy(books.letters, ({ invoice }) => invoice);
  return [...Map.groupBy(mails, ({ invoice }) => invoice ?? '')].flatMap(([invoice, same]) =>
    must(
      same.length <= (letters.get(invoice)?.length ?? 0),
      'I33',
      `${String(same.length)} mails arrived about an invoice of ${String(letters.get(invoice)?.length ?? 0)} letters.`,
      invoice,
    ),
  );
};
