/** Ways to spoil a sound snapshot by one thing, each the least that could go wrong there. */
import type { BooksSeen, JournalEvent, ProviderCharge, Snapshot } from '#domain/audit/snapshot.ts';
import { storedPart } from '#domain/audit/stored-part.ts';
import { present } from '#domain/assert.ts';
import { canonicalText } from '#domain/canonical.ts';
import { contentHash } from '#domain/invoicing/decide-numbers.ts';
import type { Invoice, InvoiceBody } from '#domain/invoicing/invoice.ts';
import type { PaymentAttempt } from '#domain/payments/payment-attempt.ts';
import { sha256 } from '#domain/sha256.ts';

export type Spoil = (snapshot: Snapshot) => Snapshot;
/** Which invariant breaks, by what. */
export type SpoilCase = readonly [invariant: string, what: string, spoil: Spoil];

type Lists = { [Name in keyof BooksSeen]: BooksSeen[Name] extends readonly object[] ? Name : never }[keyof BooksSeen];
type One<Name extends Lists> = BooksSeen[Name][number];

export const inBooks =
  (change: Partial<BooksSeen> | ((books: BooksSeen) => Partial<BooksSeen>)): Spoil =>
  (snapshot) => ({
    ...snapshot,
    books: { ...snapshot.books, ...(typeof change === 'function' ? change(snapshot.books) : change) },
  });

/** The records of a kind that have these fields, changed. */
export const each = <Name extends Lists>(
  name: Name,
  where: Partial<One<Name>>,
  change: (value: One<Name>) => object,
): Spoil =>
  inBooks((books) => {
    const isMeant = (value: One<Name>) =>
      Object.entries(where).every(([key, wanted]) => value[key as keyof typeof value] === wanted);
    const list = books[name] as readonly One<Name>[];
    present(list.find(isMeant), `${name} has something to spoil`);
    return { [name]: list.map((value) => (isMeant(value) ? { ...value, ...change(value) } : value)) };
  });

export const without = <Name extends Lists>(name: Name, isGone: (value: One<Name>) => boolean): Spoil =>
  inBooks((books) => {
    const list = books[name] as readonly One<Name>[];
    present(list.find(isGone), `${name} has something to lose`);
    return { [name]: list.filter((value) => !isGone(value)) };
  });

const staged = (snapshot: Snapshot, content: unknown): readonly [Snapshot, string] => {
  const text = canonicalText(content);
  return [{ ...snapshot, parts: new Map([...snapshot.parts, [sha256(text), text]]) }, sha256(text)];
};

const contentOf = <Content>(snapshot: Snapshot, hash: string | null | undefined): Content =>
  present(storedPart<Content>(snapshot, hash ?? ''), 'the part is stored');

/** Another body under an invoice, with every hash made to fit, so that hashes cannot tell. */
export const body =
  (id: string, change: (content: InvoiceBody) => Partial<InvoiceBody>): Spoil =>
  (snapshot) => {
    const invoice = present(
      snapshot.books.invoices.find((one) => one.id === id),
      `${id} is there`,
    );
    const content = contentOf<InvoiceBody>(snapshot, invoice.body);
    const [next, hash] = staged(snapshot, { ...content, ...change(content) });
    return each('invoices', { id }, (head) => rehashed({ ...head, body: hash }))(next);
  };

/** The invoice as if it had been frozen like this. */
export const rehashed = (invoice: Invoice): Invoice => {
  const { status } = invoice;
  if (status.state === 'draft' || status.state === 'void') return invoice;
  return { ...invoice, status: { ...status, contentHash: contentHash(invoice, status) } };
};

export const final =
  (change: object) =>
  ({ status }: Invoice) => ({ status: { ...status, ...change } });

const firstRun = 'run_2026-02-01';
export const secondRun = 'run_2026-03-01';

/** Another list beside the range of a run, as if the run had written it so. */
export const list =
  <Content>(
    name: 'usage' | 'quarantined' | 'outcomes' | 'expected',
    change: (content: Content) => unknown,
    run = firstRun,
  ): Spoil =>
  (snapshot) => {
    const range = present(
      snapshot.books.ranges.find((one) => one.run === run),
      `${run} has a range`,
    );
    const rated = present(range.rated, 'it is rated');
    const billed = present(range.billed, 'it is billed');
    const { hash, under } = {
      usage: { hash: rated.usage, under: (usage: string) => ({ rated: { ...rated, usage } }) },
      quarantined: { hash: rated.quarantined, under: (quarantined: string) => ({ rated: { ...rated, quarantined } }) },
      outcomes: { hash: billed.outcomes, under: (outcomes: string) => ({ billed: { ...billed, outcomes } }) },
      expected: { hash: range.expected, under: (expected: string) => ({ expected }) },
    }[name];
    const [next, changed] = staged(snapshot, change(contentOf<Content>(snapshot, hash)));
    return each('ranges', { run }, () => under(changed))(next);
  };

export const event =
  (id: string, change: Partial<JournalEvent>): Spoil =>
  (snapshot) => ({
    ...snapshot,
    journal: snapshot.journal.map((one) => (one.id === id ? { ...one, ...change } : one)),
  });

export const lost =
  (id: string): Spoil =>
  (snapshot) => ({ ...snapshot, journal: snapshot.journal.filter((one) => one.id !== id) });

export const charge =
  (id: string, change: Partial<ProviderCharge>): Spoil =>
  (snapshot) => ({
    ...snapshot,
    charges: snapshot.charges.map((one) => (one.id === id ? { ...one, ...change } : one)),
  });

export const attempt = (n: number, change: Partial<PaymentAttempt>): Spoil => each('attempts', { n }, () => change);

export const firstMail =
  (change: (mail: Snapshot['mails'][number]) => object): Spoil =>
  (snapshot) => ({
    ...snapshot,
    mails: snapshot.mails.map((mail, i) => (i === 0 ? { ...mail, ...change(mail) } : mail)),
  });

/** One spoil after the other. */
export const both =
  (...spoils: readonly Spoil[]): Spoil =>
  (snapshot) =>
    spoils.reduce((spoiled, spoil) => spoil(spoiled), snapshot);
