/**
 * Nobody is charged twice, wrongly or silently, counted at the provider's books as much
 * as at ours: I24 one success, I25 both sides agree, I26 only what was payable, I27 one
 * unknown at a time, I28 our amount, I29 paid is settled.
 */
import { canPrecede } from './can-precede.ts';
import type { Invoice } from '../invoicing/invoice.ts';
import { type Money, moneyText } from '../money/money.ts';
import type { PaymentAttempt } from '../payments/payment-attempt.ts';
import { notChargeable } from '../payments/not-chargeable.ts';
import type { ProviderCharge, Snapshot } from './snapshot.ts';
import { type Check, must } from './violation.ts';

export const auditPayments: Check = (snapshot) =>
  [
    oneSuccessAnInvoice,
    providerSuccessesAreOurs,
    ourSuccessesAreTheProviders,
    attemptsArePayable,
    attemptsFollowEachOther,
    attemptsSayEnough,
    onePaymentAnAttempt,
    amountsAreOurs,
    paidIsSettled,
  ].flatMap((check) => check(snapshot));

const oneSuccessAnInvoice: Check = ({ books, charges }) => {
  const totals = new Map(books.invoices.map(({ id, total }) => [id, total]));
  return [...Map.groupBy(succeeded(charges), ({ pays }) => pays?.invoice ?? '')].flatMap(([invoice, paid]) => {
    const kept = paid.filter(({ amount, refunded }) => amount.minor > refunded.minor);
    const total = totals.get(invoice);
    const held = kept.reduce((sum, { amount, refunded }) => sum + amount.minor - refunded.minor, 0n);
    return [
      ...must(
        invoice === '' || kept.length <= 1,
        'I24',
        `Invoice ${invoice} was charged ${kept.length} times.`,
        invoice,
        ...kept.map(({ id }) => id),
      ),
      ...must(
        total === undefined || held <= total.minor,
        'I24',
        `The provider holds more for invoice ${invoice} than its total.`,
        invoice,
        ...kept.map(({ id }) => id),
      ),
    ];
  });
};

/** What the provider took and our attempt does not know of is unexplained, unless the attempt is still being asked about. */
const providerSuccessesAreOurs: Check = (snapshot) => {
  const attempts = attemptsByName(snapshot);
  return succeeded(snapshot.charges).flatMap(({ id, intent, pays, amount }) => {
    const attempt = pays === null ? undefined : attempts.get(nameOf(pays.invoice, pays.attempt));
    const isKnown =
      attempt !== undefined &&
      (isOpen(attempt) ||
        (attempt.state === 'succeeded' && attempt.intent === intent && isSame(attempt.amount, amount)));
    return must(
      isKnown,
      'I25',
      `The provider took ${moneyText(amount)} (${intent}) and our books do not say so.`,
      id,
      pays?.invoice ?? '',
    );
  });
};

const ourSuccessesAreTheProviders: Check = ({ books, charges }) => {
  const byIntent = Map.groupBy(succeeded(charges), ({ intent }) => intent);
  return books.attempts
    .filter(({ state }) => state === 'succeeded')
    .flatMap(({ invoice, n, intent, amount }) => {
      const taken = byIntent.get(intent ?? '') ?? [];
      const agrees =
        taken.length === 1 &&
        taken.every(
          (charge) => isSame(charge.amount, amount) && charge.pays?.invoice === invoice && charge.pays.attempt === n,
        );
      return must(
        agrees,
        'I25',
        `Attempt ${n} says ${moneyText(amount)} came; the provider's books do not.`,
        invoice,
        intent ?? '',
      );
    });
};

const attemptsArePayable: Check = (snapshot) => {
  const invoices = invoicesById(snapshot);
  return snapshot.books.attempts.flatMap(({ invoice: id, n, claimedAt, amount }) => {
    const status = invoices.get(id)?.status;
    const wasFinal =
      status !== undefined &&
      status.state !== 'draft' &&
      status.finalizedAt !== undefined &&
      canPrecede(status.finalizedAt, claimedAt);
    const wasOpen = status?.state !== 'void' || canPrecede(claimedAt, status.voidedAt);
    const wasUnpaid = status?.state !== 'paid' || canPrecede(claimedAt, status.paidAt);
    return [
      ...must(
        wasFinal && wasOpen && wasUnpaid,
        'I26',
        `Attempt ${n} was claimed when invoice ${id} was not payable.`,
        id,
        String(n),
      ),
      ...must(
        notChargeable(amount) === undefined,
        'I26',
        `Attempt ${n} is over ${moneyText(amount)}, which cannot be charged.`,
        id,
        String(n),
      ),
    ];
  });
};

/** Numbered 1 to the invoice's count; each claimed only after the one before had ended; at most the last one open. */
const attemptsFollowEachOther: Check = ({ books }) => {
  const attempts = Map.groupBy(books.attempts, ({ invoice }) => invoice);
  return books.invoices.flatMap(({ id, attempts: count, openAttempt }) => {
    const mine = [...(attempts.get(id) ?? [])].sort((a, b) => a.n - b.n);
    const open = mine.filter(isOpen);
    return [
      ...must(
        mine.length === count && mine.every(({ n }, i) => n === i + 1),
        'I27',
        `Invoice ${id} counts ${count} attempts; stored are ${mine.map(({ n }) => n).join(', ') || 'none'}.`,
        id,
      ),
      ...must(
        open.length <= 1 && (open[0]?.n ?? null) === openAttempt,
        'I27',
        `Invoice ${id} has attempt ${openAttempt ?? 'none'} open; its attempts say ${open.map(({ n }) => n).join(', ') || 'none'}.`,
        id,
      ),
      ...mine.slice(1).flatMap(({ n, claimedAt }, i) => {
        const before = mine[i];
        return must(
          before === undefined || canPrecede(before.claimedAt, claimedAt),
          'I27',
          `Attempt ${n} was claimed before attempt ${n - 1}.`,
          id,
          String(n),
        );
      }),
    ];
  });
};

const attemptsSayEnough: Check = ({ books }) =>
  books.attempts.flatMap(({ invoice, n, state, how, intent, because, claimedAt, changedAt }) => {
    const isLegal = {
      claimed: intent === null,
      sent: how === 'checkout' || intent !== null,
      succeeded: intent !== null,
      failed: because !== undefined && because !== '',
      unknown: because !== undefined && because !== '',
    }[state];
    return must(
      isLegal && canPrecede(claimedAt, changedAt),
      'I27',
      `Attempt ${n} is ${state} and lacks what such an attempt has.`,
      invoice,
      String(n),
    );
  });

/** A second payment under one attempt would mean that the first was forgotten while it was unknown. */
const onePaymentAnAttempt: Check = ({ charges }) =>
  [
    ...Map.groupBy(
      charges.filter(({ pays }) => pays !== null),
      ({ pays }) => nameOf(pays?.invoice ?? '', pays?.attempt ?? 0),
    ),
  ].flatMap(([name, same]) => {
    const intents = [...new Set(same.map(({ intent }) => intent))];
    return must(
      intents.length === 1,
      'I27',
      `Attempt ${name} has ${intents.length} payments at the provider.`,
      name,
      ...intents,
    );
  });

const amountsAreOurs: Check = (snapshot) => {
  const invoices = invoicesById(snapshot);
  const attempts = attemptsByName(snapshot);
  return [
    ...snapshot.books.attempts.flatMap(({ invoice, n, amount }) => {
      const total = invoices.get(invoice)?.total;
      return must(
        total !== undefined && isSame(total, amount),
        'I28',
        `Attempt ${n} is over ${moneyText(amount)}, not over its invoice's total.`,
        invoice,
        String(n),
      );
    }),
    ...snapshot.charges.flatMap(({ id, pays, amount }) => {
      const attempt = pays === null ? undefined : attempts.get(nameOf(pays.invoice, pays.attempt));
      return must(
        attempt === undefined || isSame(attempt.amount, amount),
        'I28',
        `The provider's charge is over ${moneyText(amount)}, the attempt is not.`,
        id,
        pays?.invoice ?? '',
      );
    }),
  ];
};

const paidIsSettled: Check = ({ books, charges }) => {
  const paidAt = Map.groupBy(succeeded(charges), ({ pays }) => pays?.invoice ?? '');
  const successes = Map.groupBy(
    books.attempts.filter(({ state }) => state === 'succeeded'),
    ({ invoice }) => invoice,
  );
  return books.invoices.flatMap(({ id, status }) => {
    const ours = successes.get(id)?.length ?? 0;
    return [
      ...must(
        status.state !== 'paid' || (paidAt.has(id) && ours === 1),
        'I29',
        `Invoice ${id} is paid without one settled payment.`,
        id,
      ),
      ...must(
        status.state === 'paid' || ours === 0,
        'I29',
        `Invoice ${id} is ${status.state} though a payment of it succeeded.`,
        id,
      ),
    ];
  });
};

const succeeded = (charges: readonly ProviderCharge[]) => charges.filter(({ status }) => status === 'succeeded');
const isOpen = ({ state }: PaymentAttempt): boolean => state === 'claimed' || state === 'sent' || state === 'unknown';
const isSame = (a: Money, b: Money): boolean => a.currency === b.currency && a.minor === b.minor;
const nameOf = (invoice: string, n: number): string => `${invoice} ${n}`;
const attemptsByName = ({ books }: Snapshot) =>
  new Map(books.attempts.map((attempt) => [nameOf(attempt.invoice, attempt.n), attempt]));
const invoicesById = ({ books }: Snapshot): ReadonlyMap<string, Invoice> =>
  new Map(books.invoices.map((invoice) => [invoice.id, invoice]));
