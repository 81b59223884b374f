/**
 * Invoices add up, are one a period, and are what was decided and frozen: I7
 * determinism, I9 one a period, I12 exact sums, I16 final means final.
 */
import { canPrecede } from './can-precede.ts';
import { canonicalHash } from '../canonical.ts';
import type { Invoice, InvoiceBody, InvoiceLine } from '../invoicing/invoice.ts';
import { compare, decimal, equals, integer, multiply, subtract } from '../money/decimal.ts';
import { amountText, type Money, moneyDecimal, moneyText } from '../money/money.ts';
import { sha256 } from '../sha256.ts';
import { addDays } from '../time/day.ts';
import { billsAsDecided } from './bills-as-decided.ts';
import type { Snapshot } from './snapshot.ts';
import { storedPart } from './stored-part.ts';
import { type Check, must, type Violation } from './violation.ts';

export const auditInvoices: Check = (snapshot) => [
  ...onePeriodOneInvoice(snapshot),
  ...billsAsDecided(snapshot),
  ...partsHaveTheirContent(snapshot),
  ...snapshot.books.invoices.flatMap((invoice) => {
    const body = storedPart<InvoiceBody>(snapshot, invoice.body);
    return [
      ...(body === undefined ? [] : [...headAndBodyAgree(invoice, body), ...sumsAreExact(body)]),
      ...frozenAtFinal(invoice),
      ...stateIsLegal(invoice),
    ];
  }),
];

const onePeriodOneInvoice: Check = ({ books }) => {
  const live = books.invoices.filter(({ status }) => status.state !== 'void');
  const billed = Map.groupBy(live, ({ subscription, period }) => `${subscription} ${period}`);
  const closed = new Map(books.closedPeriods.map(({ subscription, n, invoice }) => [`${subscription} ${n}`, invoice]));
  return [
    ...[...billed.values()].flatMap((invoices) =>
      must(invoices.length === 1, 'I9', `One period has ${invoices.length} invoices.`, ...invoices.map(({ id }) => id)),
    ),
    ...live.flatMap(({ id, subscription, period }) =>
      must(
        closed.get(`${subscription} ${period}`) === id,
        'I9',
        `Period ${period} is not closed by its invoice ${id}.`,
        id,
        subscription,
      ),
    ),
    ...books.closedPeriods.flatMap(({ subscription, n, invoice }) =>
      must(
        invoice === null || books.invoices.some(({ id }) => id === invoice),
        'I9',
        `Period ${n} was closed with invoice ${String(invoice)}, which does not exist.`,
        subscription,
        String(n),
      ),
    ),
  ];
};

const partsHaveTheirContent = ({ parts }: Snapshot): readonly Violation[] =>
  [...parts].flatMap(([hash, text]) =>
    must(sha256(text) === hash, 'I16', 'A stored part no longer has the content it is named by.', hash),
  );

const headAndBodyAgree = (invoice: Invoice, body: InvoiceBody): readonly Violation[] => {
  const isItsBody =
    body.invoice === invoice.id && body.customer === invoice.customer && body.issuer.key === invoice.billingEntity;
  return [
    ...must(isItsBody, 'I16', `The body of ${invoice.id} is that of ${body.invoice}.`, invoice.id),
    ...must(
      isSame(body.total, invoice.total),
      'I12',
      `The head says ${moneyText(invoice.total)}, the body ${moneyText(body.total)}.`,
      invoice.id,
    ),
  ];
};

const sumsAreExact = ({ invoice, lines, subtotal, total, currency }: InvoiceBody): readonly Violation[] => {
  const sum = lines.reduce((minor, { amount }) => minor + amount.minor, 0n);
  const inOneCurrency = [subtotal, total, ...lines.map(({ amount }) => amount)].every(
    (each) => each.currency === currency,
  );
  return [
    ...must(inOneCurrency, 'I12', `Not every amount is in ${currency}.`, invoice),
    ...must(
      sum === subtotal.minor,
      'I12',
      `The lines come to ${amountText({ minor: sum, currency })}, the subtotal is ${amountText(subtotal)}.`,
      invoice,
    ),
    // No tax is charged yet, so there is nothing between the two.
    ...must(
      isSame(subtotal, total),
      'I12',
      `The subtotal is ${amountText(subtotal)}, the total ${amountText(total)}.`,
      invoice,
    ),
    ...lines.flatMap((line) =>
      must(lineIsExact(line), 'I12', `Line "${line.name}" does not follow from its own figures.`, invoice, line.price),
    ),
  ];
};

/** exact = quantity × unit price, and the amount is that to less than a minor unit, with the difference told. */
const lineIsExact = ({ quantity, unitPrice, exact, amount, roundingDifference }: InvoiceLine): boolean => {
  const difference = subtract(moneyDecimal(amount), decimal(exact));
  const size = { ...difference, digits: difference.digits < 0n ? -difference.digits : difference.digits };
  const minorUnit = { ...integer(1n), scale: moneyDecimal(amount).scale };
  return (
    equals(multiply(decimal(quantity), decimal(unitPrice)), decimal(exact)) &&
    compare(size, minorUnit) < 0 &&
    equals(difference, decimal(roundingDifference))
  );
};

const frozenAtFinal = ({ id, body, total, netTermsDays, status }: Invoice): readonly Violation[] => {
  if (status.state !== 'final' && status.state !== 'paid') return [];
  const { number, series, serial, issuedOn, dueOn, finalizedAt } = status;
  const frozen = canonicalHash({ id, body, total, number, series, serial, issuedOn, dueOn, finalizedAt });
  return [
    ...must(frozen === status.contentHash, 'I16', `Invoice ${number} is not what it was when it became final.`, id),
    ...must(
      dueOn === addDays(issuedOn, netTermsDays),
      'I16',
      `Invoice ${number} is due ${dueOn}, not ${netTermsDays} days after ${issuedOn}.`,
      id,
    ),
  ];
};

const stateIsLegal = (invoice: Invoice): readonly Violation[] =>
  must(isLegal(invoice), 'I16', `An invoice that is ${invoice.status.state} cannot be as this one is.`, invoice.id);

const isLegal = ({ createdAt, status, nextAttemptOn, attempts, openAttempt }: Invoice): boolean => {
  const isAtRest = nextAttemptOn === null && openAttempt === null;
  switch (status.state) {
    case 'draft':
      return isAtRest && attempts === 0;
    case 'final':
      return canPrecede(createdAt, status.finalizedAt);
    case 'paid':
      return isAtRest && canPrecede(status.finalizedAt, status.paidAt);
    case 'void':
      return isAtRest;
  }
};

const isSame = (a: Money, b: Money): boolean => a.currency === b.currency && a.minor === b.minor;
