/**
 * A snapshot in which everything is as it must be, lived through with the real domain
 * functions: four customers over two nights, with usage of every fate, a card declined
 * and then charged, a customer parked and billed the night after. Tests of the audit
 * spoil it one field at a time.
 */
import { present } from '#domain/assert.ts';
import type { BooksSeen, DeliveredMail, LetterSeen, ProviderCharge, Snapshot } from '#domain/audit/snapshot.ts';
import { canonicalText } from '#domain/canonical.ts';
import type { Customer } from '#domain/catalog/customer.ts';
import type { PlanVersion } from '#domain/catalog/plan.ts';
import { type BillingRun, countOutcomes, type DuePeriod, type PeriodOutcome } from '#domain/invoicing/billing-run.ts';
import { decideBill } from '#domain/invoicing/decide-bill.ts';
import { decideNumbers, owing } from '#domain/invoicing/decide-numbers.ts';
import type { Invoice, InvoiceBody } from '#domain/invoicing/invoice.ts';
import { paymentPage } from '#domain/ledger/payment-page.ts';
import type { Currency } from '#domain/money/currency.ts';
import { nothing } from '#domain/money/money.ts';
import { decideCharge } from '#domain/payments/decide-charge.ts';
import { decideSettlement, failed } from '#domain/payments/decide-settlement.ts';
import { type PaymentAttempt, sent } from '#domain/payments/payment-attempt.ts';
import { closeItem } from '#domain/receivables/close-item.ts';
import { isRefusal } from '#domain/refusal.ts';
import { sha256 } from '#domain/sha256.ts';
import { periodOf, type Subscription } from '#domain/subscriptions/subscription.ts';
import { day, utcDay } from '#domain/time/day.ts';
import { addMinutes, epochMs, instant, type Instant, instantAt } from '#domain/time/instant.ts';
import { utc } from '#domain/time/zone.ts';
import { packUsage, unpackUsage } from '#domain/usage/packed-usage.ts';
import { rateUsage } from '#domain/usage/rate-usage.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import { usageScopeOf } from '#functions/rate-range/usage-scope-of.ts';

const january = instant('2026-01-01T00:00:00.000Z');
const always = instant('1970-01-01T00:00:00.000Z');
const names = ['ada', 'bob', 'cy', 'dora'] as const;
export type Name = (typeof names)[number];
const codeOf = (name: Name): string => name.padEnd(20, '0');
export const customerNamed = (name: Name): string => `cus_${codeOf(name)}`;
export const subscriptionOf = (name: Name): string => `sub_${codeOf(name)}_1`;
export const invoiceOf = (name: Name, n: number): string => `inv_${codeOf(name)}_1_${n}`;

const fixed = (amount: string) =>
  ({ key: 'fee', name: 'Monthly fee', kind: 'fixed', unit: '', price: { model: 'fixed', amount } }) as const;
const energy = {
  key: 'energy',
  name: 'Electricity',
  kind: 'usage',
  meter: 'electricity',
  unit: 'kWh',
  price: { model: 'per_unit', unitPrice: '0.333' },
} as const;
const planOf: Readonly<Record<Name, PlanVersion>> = (() => {
  const plan = (key: string, prices: PlanVersion['prices']): PlanVersion => ({
    plan: key,
    version: 1,
    name: key,
    currency: 'EUR',
    interval: 'month',
    prices,
    createdAt: january,
  });
  const basic = plan('basic', [fixed('20.00')]);
  return { ada: plan('home', [fixed('5.00'), energy]), bob: basic, cy: plan('talk', [energy]), dora: basic };
})();

const issuer = { key: 'default', name: 'Countinghouse', addressLines: ['Main Street 1'], numberPrefix: 'CH' };
const meters = [
  { key: 'electricity', eventType: 'power.used', aggregation: 'sum', field: 'quantity', unit: 'kWh' },
] as const;

const use = (id: string, time: string, quantity: string, other: Partial<UsageEvent> = {}): UsageEvent => ({
  ...{ id, source: 'meter', type: 'power.used', subject: 'ada', time: instant(`${time}Z`), data: { quantity } },
  ...other,
});

/** What arrived when. */
const arrivals: readonly (readonly [arrivedAt: string, ...UsageEvent[]])[] = [
  [
    '2026-01-10T08:00:00.000',
    use('u1', '2026-01-10T07:00:00.000', '10'),
    use('before', '2025-12-31T23:59:59.999', '1'),
  ],
  ['2026-01-12T08:00:00.000', use('c1', '2026-01-12T07:00:00.000', '1'), use('c1', '2026-01-12T07:00:00.000', '1000')],
  [
    '2026-01-13T08:00:00.000',
    use('x1', '2026-01-13T07:00:00.000', '1', { type: 'mystery' }),
    use('b1', '2026-01-14T07:00:00.000', 'many'),
  ],
  [
    '2026-01-20T08:00:00.000',
    use('u1', '2026-01-10T07:00:00.000', '10'),
    use('s1', '2026-01-20T07:00:00.000', '7', { subject: 'sim-1' }),
  ],
  ['2026-02-01T00:30:00.000', use('u2', '2026-01-31T23:59:59.999', '2.5'), use('u3', '2026-02-01T00:00:00.000', '4')],
  ['2026-02-10T08:00:00.000', use('late', '2026-01-15T07:00:00.000', '9')],
  ['2026-03-05T08:00:00.000', use('p1', '2026-03-02T07:00:00.000', '3'), use('lp1', '2026-02-20T07:00:00.000', '6')],
];

export const soundSnapshot = (): Snapshot => {
  const parts = new Map<string, string>();
  const stage = (content: unknown): string => {
    const text = canonicalText(content);
    parts.set(sha256(text), text);
    return sha256(text);
  };
  const books = {
    ...{
      customers: names.map(customer),
      changedCustomers: new Set<string>(),
      planVersions: [...new Set(Object.values(planOf))],
      meters,
      billingEntities: [issuer],
    },
    people: names.map((name) => ({ customer: customerNamed(name), name, email: `${name}@example.com`, address: {} })),
    accounts: names.map((name) => ({
      ...{
        customer: customerNamed(name),
        currency: 'EUR' as Currency,
        openItems: [] as BooksSeen['accounts'][number]['openItems'],
        subscriptions: 1,
      },
      usageSubscription: planOf[name].prices.some(({ kind }) => kind === 'usage') ? subscriptionOf(name) : null,
    })),
    subscriptions: names.map(subscription),
    points: names.map((name) => ({
      subject: name,
      assignments: [{ from: always, customer: customerNamed(name), recordedAt: january }],
    })),
    runHead: { night: day('2026-03-01'), run: 'run_2026-03-01', open: false },
    series: [] as BooksSeen['series'],
    ...{
      closedPeriods: [] as BooksSeen['closedPeriods'][number][],
      runs: [] as BillingRun[],
      ranges: [] as BooksSeen['ranges'][number][],
    },
    ...{
      invoices: [] as Invoice[],
      ledgerPages: [] as BooksSeen['ledgerPages'][number][],
      attempts: [] as PaymentAttempt[],
    },
    ...{
      letters: [] as LetterSeen[],
      webhooks: [
        { id: 'evt_1', state: 'handled' as const },
        { id: 'evt_2', state: 'quarantined' as const, because: 'We never made it.' },
      ],
    },
  };
  const charges: ProviderCharge[] = [];
  const mails: DeliveredMail[] = [];

  const night = (text: string, parked: readonly Name[]) => {
    const openedAt = instant(`${text}T01:00:00.000Z`);
    const run: BillingRun = {
      id: `run_${text}`,
      night: day(text),
      dueBy: instant(`${text}T00:00:00.000Z`),
      usageUpTo: addMinutes(openedAt, -2),
      ranges: 1,
      openedAt,
      closedAt: addMinutes(openedAt, 5),
    };
    books.runs.push(run);
    const due = books.subscriptions
      .filter((each) => periodOf(each, each.currentPeriod).until <= run.dueBy)
      .map(({ customer: id, id: subscriptionId, currentPeriod: n }): DuePeriod => ({
        customer: id,
        subscription: subscriptionId,
        n,
      }));
    const rating = rate(
      books.subscriptions.filter(({ id }) => books.accounts.some(({ usageSubscription }) => usageSubscription === id)),
      books.points,
      run.usageUpTo,
    );
    const usage = Object.fromEntries(
      Object.entries(rating.ratedEvents).map(([target, events]) => [
        target,
        { events, meters: rating.rated.filter((each) => each.target === target) },
      ]),
    );
    const shown = rating.quarantined.map(({ reason, events }) => ({
      ...{ reason, run: run.id, range: 0, settled: [] },
      events: events.map(({ point, timeMs, arrivedAtMs, ...event }) => ({
        ...event,
        subject: present(subjects[point], 'a point is a subject'),
        time: instantAt(timeMs),
        arrivedAt: instantAt(arrivedAtMs),
      })),
    }));

    const outcomes = due.map((each): PeriodOutcome => {
      const name = nameOf(each.customer);
      if (parked.includes(name)) return { ...each, outcome: 'parked', because: 'Bug: a record is broken' };
      const place = books.subscriptions.findIndex(({ id }) => id === each.subscription);
      const before = present(books.subscriptions[place], 'the subscription is there');
      const invoice = invoiceOf(name, each.n);
      const { meters: rated, events } = usage[each.subscription] ?? { meters: [], events: 0 };
      const body = decideBill({
        invoice,
        subscription: before,
        n: each.n,
        customer: customer(name),
        person: present(books.people[names.indexOf(name)], 'a person'),
        issuer,
        plan: planOf[name],
        rated,
      });
      if (isRefusal(body)) throw new Error(body.because);
      const { from, until } = periodOf(before, each.n);
      books.subscriptions[place] = { ...before, currentPeriod: each.n + 1, ratedUpTo: run.usageUpTo };
      books.closedPeriods.push({
        subscription: before.id,
        n: each.n,
        from,
        until,
        run: run.id,
        invoice: body === null ? null : invoice,
        ratedEvents: events,
      });
      if (body === null) return { ...each, outcome: 'nothing_to_bill', because: 'the period comes to zero' };
      books.invoices.push(draft(body, each, stage(body), run));
      return { ...each, outcome: 'invoiced', invoice, billingEntity: issuer.key };
    });
    const { counts } = rating;
    books.ranges.push({
      ...{ run: run.id, range: 0, expected: stage(due), expectedCount: due.length, numbered: true },
      billed: { outcomes: stage(outcomes), counts: countOutcomes(outcomes) },
      rated: {
        ...{ usage: stage(usage), quarantined: stage(shown) },
        counts: {
          distinct: counts.distinct,
          repeats: counts.repeats,
          rated: counts.rated,
          settled: counts.settled,
          outside: counts.unassigned,
          quarantined: counts.late + counts.conflicts + counts.unknownMeter + counts.badQuantity,
        },
      },
    });
    numberDrafts(addMinutes(openedAt, 1));
  };

  const numberDrafts = (at: Instant) => {
    const series = books.series[0] ?? {
      entity: issuer.key,
      kind: 'invoice' as const,
      fiscalYear: '2026',
      next: 1,
      lastIssuedOn: utcDay(at),
    };
    const drafts = books.invoices.filter(({ status }) => status.state === 'draft');
    const numbered = decideNumbers(series, issuer, drafts, utcDay(at), at);
    books.series = [numbered.series];
    books.ledgerPages.push(numbered.page);
    for (const invoice of numbered.invoices) {
      replaceInvoice(invoice);
      books.accounts = books.accounts.map((account) =>
        account.customer === invoice.customer ? { ...account, ...owing(account, [invoice]) } : account,
      );
      post(invoice, 'bill', addMinutes(at, 1));
    }
  };

  const replaceInvoice = (invoice: Invoice) => {
    books.invoices = books.invoices.map((each) => (each.id === invoice.id ? invoice : each));
  };
  const post = ({ id, customer: to }: Invoice, step: string, claimedAt: Instant) => {
    const address = `${nameOf(to)}@example.com`;
    books.letters.push({ invoice: id, step, to: address, state: 'sent', claimedAt, messageId: `ses-${id}-${step}` });
    mails.push({ messageId: `ses-${id}-${step}`, invoice: id, to: [address] });
  };

  /** The saved card is charged; the provider answers as told. */
  const charge = (id: string, at: Instant, answer: 'succeeded' | 'failed') => {
    const invoice = present(
      books.invoices.find((each) => each.id === id),
      'the invoice is there',
    );
    const earlier = books.attempts.filter((attempt) => attempt.invoice === id);
    const decided = decideCharge({ invoice, method: card, earlier, afterBill: true }, at);
    if (decided.decision !== 'claim') throw new Error(decided.decision);
    const { n, amount } = decided.attempt;
    const intent = `pi_${id}_${n}`;
    const file = { attempt: sent(decided.attempt, intent, at), invoice: decided.invoice };
    const settlement =
      answer === 'failed'
        ? failed(file, 'The card was declined.', at)
        : decideSettlement(
            file,
            {
              pays: { invoice: id, attempt: n },
              payment: { intent, state: 'succeeded', amount, pays: { invoice: id, attempt: n } },
            },
            at,
          );
    if (!('invoice' in settlement)) throw new Error(settlement.outcome);
    books.attempts.push(settlement.attempt);
    replaceInvoice(settlement.invoice);
    charges.push({
      id: `ch_${id}_${n}`,
      intent,
      pays: { invoice: id, attempt: n },
      amount,
      refunded: nothing('EUR'),
      status: answer,
    });
    if (answer === 'failed') return post(invoice, `declined-${n}`, addMinutes(at, 1));
    books.ledgerPages.push(paymentPage(settlement.invoice, settlement.attempt, at));
    books.accounts = books.accounts.map((account) =>
      account.customer === invoice.customer ? { ...account, ...closeItem(account, id, amount) } : account,
    );
  };

  night('2026-02-01', ['dora']);
  charge(invoiceOf('ada', 0), instant('2026-02-01T01:10:00.000Z'), 'failed');
  charge(invoiceOf('ada', 0), instant('2026-02-04T09:00:00.000Z'), 'succeeded');
  night('2026-03-01', []);
  return {
    ...{ takenAt: instant('2026-03-06T12:00:00.000Z'), books, parts, flaws: [], outbox: [], charges, mails },
    journal: arrivals.flatMap(([arrivedAt, ...events]) =>
      events.map((event) => ({ ...event, arrivedAt: instant(`${arrivedAt}Z`) })),
    ),
    queues: [
      { name: 'money', isDeadLetter: false, messages: 0 },
      { name: 'money-dead', isDeadLetter: true, messages: 0 },
    ],
  };
};

const card = { state: 'saved', paymentMethod: 'pm_1', providerCustomer: 'cus_stripe_1' } as const;

const nameOf = (id: string): Name =>
  present(
    names.find((name) => customerNamed(name) === id),
    `${id} is one of the four`,
  );

const customer = (name: Name): Customer => ({
  ...{
    id: customerNamed(name),
    externalId: name,
    currency: 'EUR',
    timezone: utc,
    billingEntity: issuer.key,
    netTermsDays: 14,
    createdAt: january,
  },
  payment: name === 'ada' ? card : { state: 'none' },
});

const subscription = (name: Name): Subscription => ({
  ...{
    id: subscriptionOf(name),
    customer: customerNamed(name),
    plan: planOf[name].plan,
    planVersion: 1,
    anchorOn: day('2026-01-01'),
  },
  ...{ timezone: utc, state: 'active', currentPeriod: 0, createdAt: january },
});

const draft = (
  body: InvoiceBody,
  { customer: id, subscription: of, n }: DuePeriod,
  hash: string,
  run: BillingRun,
): Invoice => ({
  ...{
    id: body.invoice,
    customer: id,
    subscription: of,
    period: n,
    billingEntity: issuer.key,
    run: run.id,
    total: body.total,
    body: hash,
  },
  ...{
    createdAt: run.openedAt,
    netTermsDays: 14,
    status: { state: 'draft' },
    nextAttemptOn: null,
    attempts: 0,
    openAttempt: null,
  },
});

const subjects = [...names, 'sim-1'];

const rate = (subscriptions: readonly Subscription[], points: BooksSeen['points'], upTo: Instant) => {
  const numbers = new Map(subjects.map((subject, number) => [subject, number]));
  const files = subscriptions.map((each) => ({
    subscription: each,
    n: each.currentPeriod,
    points: points.filter(({ subject }) => subject === nameOf(each.customer)),
  }));
  const merge = rateUsage(usageScopeOf(files, meters, numbers), { unassignedListed: 0 });
  for (const [arrivedAt, ...events] of arrivals) {
    if (`${arrivedAt}Z` > upTo) continue;
    const columns = unpackUsage(
      packUsage(
        events.map(({ subject, time, ...event }) => ({
          ...event,
          point: numbers.get(subject) ?? 0,
          timeMs: epochMs(time),
        })),
      ),
    );
    if (isRefusal(columns)) throw new Error(columns.because);
    merge.add({ arrivedAtMs: epochMs(instant(`${arrivedAt}Z`)), columns });
  }
  return merge.finish();
};
