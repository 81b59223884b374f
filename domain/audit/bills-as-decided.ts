/**
 * Bills made again from what they were made from, to be the same to the byte (I7): the
 * plan version, the rated usage as stored, and the customer as the bill itself names
 * them. How the customer paid on that day is not kept, so an input hash that only a
 * later change of card could explain is believed.
 */
import { canonicalText } from '../canonical.ts';
import type { Customer, Person } from '../catalog/customer.ts';
import type { RatedPeriods } from '../invoicing/billing-run.ts';
import { type BillingFile, decideBill } from '../invoicing/decide-bill.ts';
import type { Invoice, InvoiceBody } from '../invoicing/invoice.ts';
import { isRefusal } from '../refusal.ts';
import type { ClosedPeriod, Subscription } from '../subscriptions/subscription.ts';
import type { Snapshot } from './snapshot.ts';
import { storedPart } from './stored-part.ts';
import { type Check, must, type Violation } from './violation.ts';

export const billsAsDecided: Check = (snapshot) => {
  const fileOf = filesOf(snapshot);
  const invoices = new Map(snapshot.books.invoices.map((invoice) => [invoice.id, invoice]));
  return snapshot.books.closedPeriods.flatMap((period) => {
    const invoice = period.invoice === null ? undefined : invoices.get(period.invoice);
    const body = invoice === undefined ? undefined : storedPart<InvoiceBody>(snapshot, invoice.body);
    const file = fileOf(period, invoice, body);
    if (period.invoice === null) return comesToNothing(period, file);
    if (body === undefined) return [];
    if (file === undefined)
      return must(false, 'I7', `What invoice ${period.invoice} was made from is not there any more.`, period.invoice);
    return sameBill(body, file, snapshot.books.changedCustomers.has(body.customer));
  });
};

const comesToNothing = ({ subscription, n }: ClosedPeriod, file: BillingFile | undefined): readonly Violation[] =>
  must(
    file !== undefined && decideBill(file) === null,
    'I7',
    `Period ${n} was closed without an invoice and does not come to nothing.`,
    subscription,
    String(n),
  );

const sameBill = (body: InvoiceBody, file: BillingFile, mayHavePaidOtherwise: boolean): readonly Violation[] => {
  const again = decideBill(file);
  if (again === null || isRefusal(again))
    return must(false, 'I7', `Invoice ${body.invoice}, made again, comes to no bill.`, body.invoice);
  const isSame = canonicalText({ ...again, inputHash: '' }) === canonicalText({ ...body, inputHash: '' });
  return [
    ...must(isSame, 'I7', `Invoice ${body.invoice}, made again from the same file, is another bill.`, body.invoice),
    ...must(
      again.inputHash === body.inputHash || mayHavePaidOtherwise,
      'I7',
      `Invoice ${body.invoice} was made from another file than is stored.`,
      body.invoice,
    ),
  ];
};

/** Finds again what `bill-range` had before it for a period. */
const filesOf = (snapshot: Snapshot) => {
  const { books } = snapshot;
  const subscriptions = new Map(books.subscriptions.map((each) => [each.id, each]));
  const customers = new Map(books.customers.map((each) => [each.id, each]));
  const people = new Map(books.people.map((each) => [each.customer, each]));
  const issuers = new Map(books.billingEntities.map((each) => [each.key, each]));
  const plans = new Map(books.planVersions.map((each) => [`${each.plan} ${each.version}`, each]));
  const cutOffs = new Map(books.runs.map(({ id, usageUpTo }) => [id, usageUpTo]));
  const runOf = new Map(books.closedPeriods.map(({ subscription, n, run }) => [`${subscription} ${n}`, run]));
  const usage = ratedUsage(snapshot);

  return (
    period: ClosedPeriod,
    invoice: Invoice | undefined,
    body: InvoiceBody | undefined,
  ): BillingFile | undefined => {
    const now = subscriptions.get(period.subscription);
    const customer = customers.get(now?.customer ?? '');
    const person = people.get(customer?.id ?? '');
    const issuer = body?.issuer ?? issuers.get(customer?.billingEntity ?? '');
    const plan = plans.get(`${now?.plan ?? ''} ${now?.planVersion ?? ''}`);
    if (
      now === undefined ||
      customer === undefined ||
      person === undefined ||
      issuer === undefined ||
      plan === undefined
    )
      return undefined;
    const ratedUpTo = cutOffs.get(runOf.get(`${period.subscription} ${period.n - 1}`) ?? '');
    const { ratedUpTo: _, ...rest } = now;
    const subscription: Subscription = {
      ...rest,
      currentPeriod: period.n,
      state: 'active',
      ...(ratedUpTo === undefined ? {} : { ratedUpTo }),
    };
    const rated = usage.get(period.run)?.[period.subscription]?.meters ?? [];
    return {
      invoice: body?.invoice ?? '',
      subscription,
      n: period.n,
      customer: asBilled(customer, invoice, body),
      person: namedOn(person, body),
      issuer,
      plan,
      rated,
    };
  };
};

const asBilled = (customer: Customer, invoice: Invoice | undefined, body: InvoiceBody | undefined): Customer =>
  invoice === undefined || body === undefined
    ? customer
    : {
        ...customer,
        externalId: body.externalId,
        timezone: body.timezone,
        billingEntity: body.issuer.key,
        netTermsDays: invoice.netTermsDays,
      };

const namedOn = (person: Person, body: InvoiceBody | undefined): Person =>
  body === undefined ? person : { ...person, ...body.billTo };

/** By run and subscription: what its meters read. A subscription is in one range of a run. */
const ratedUsage = (snapshot: Snapshot): ReadonlyMap<string, RatedPeriods> =>
  new Map(
    [...Map.groupBy(snapshot.books.ranges, ({ run }) => run)].map(([run, ranges]) => [
      run,
      Object.assign(
        {},
        ...ranges.map(({ rated }) => (rated === null ? {} : (storedPart<RatedPeriods>(snapshot, rated.usage) ?? {}))),
      ) as RatedPeriods,
    ]),
  );
