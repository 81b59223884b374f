/**
 * What customers get in the mail, read off what arrived: I32 only about what is owed,
 * I33 once a letter, I34 to nobody but that customer.
 */
import { canPrecede } from './can-precede.ts';
import type { InvoiceBody } from '../invoicing/invoice.ts';
import { storedPart } from './stored-part.ts';
import { type Check, must } from './violation.ts';

export const auditPeople: Check = (snapshot) =>
  [lettersAreAboutWhatIsOwed, oneMailALetter, mailsGoToTheirCustomer].flatMap((check) => check(snapshot));

const nameOf = ({ invoice, step }: { readonly invoice: string; readonly step: string }): string =>
  `${step} of ${invoice}`;

/** A refused one never went out. The state of an invoice is read in the claim; what happens to it after that is nobody's fault. */
const lettersAreAboutWhatIsOwed: Check = ({ books }) => {
  const invoices = new Map(books.invoices.map((invoice) => [invoice.id, invoice]));
  return books.letters
    .filter(({ state }) => state !== 'refused')
    .flatMap((letter) => {
      const invoice = invoices.get(letter.invoice);
      const status = invoice?.status;
      const wasIssued =
        status !== undefined &&
        status.state !== 'draft' &&
        status.finalizedAt !== undefined &&
        canPrecede(status.finalizedAt, letter.claimedAt);
      const wasOwed =
        (status?.state !== 'paid' || canPrecede(letter.claimedAt, status.paidAt)) &&
        (status?.state !== 'void' || canPrecede(letter.claimedAt, status.voidedAt));
      return [
        ...must(
          wasIssued && wasOwed,
          'I32',
          `Letter ${nameOf(letter)} was written when the invoice was not owed.`,
          letter.invoice,
          letter.step,
        ),
        ...must(
          (invoice?.total.minor ?? 0n) > 0n,
          'I32',
          `Letter ${nameOf(letter)} is about an invoice over nothing.`,
          letter.invoice,
          letter.step,
        ),
      ];
    });
};

/** A mail is a letter by the id the mail server gave us for it, or about a document that was lost; one we got no id for may be a letter whose sending is unknown. */
const oneMailALetter: Check = ({ books, mails }) => {
  const known = new Set([...books.letters.map(({ messageId }) => messageId), ...books.lostMails]);
  const arrived = new Set(mails.map(({ messageId }) => messageId));
  const withoutId = Map.groupBy(
    books.letters.filter(({ messageId, state }) => messageId === null && state !== 'refused'),
    ({ invoice }) => invoice,
  );
  const strays = Map.groupBy(
    mails.filter(({ messageId }) => !known.has(messageId)),
    ({ invoice }) => invoice ?? '',
  );
  return [
    ...[...strays].flatMap(([invoice, same]) => {
      const explained = withoutId.get(invoice)?.length ?? 0;
      return must(
        same.length <= explained,
        'I33',
        `${same.length} mails arrived that only ${explained} letters of unknown outcome explain.`,
        invoice,
        ...same.map(({ messageId }) => messageId),
      );
    }),
    ...books.letters.flatMap(({ invoice, step, state, messageId }) =>
      must(
        state !== 'sent' || (messageId !== null && arrived.has(messageId)),
        'I33',
        `Letter ${step} of ${invoice} is said to be sent and never arrived.`,
        invoice,
        step,
      ),
    ),
  ];
};

/** The bill goes to the address frozen on it; later letters there too, or to the address the customer has since given us. */
const mailsGoToTheirCustomer: Check = (snapshot) => {
  const { books, mails } = snapshot;
  const invoices = new Map(books.invoices.map((invoice) => [invoice.id, invoice]));
  const people = new Map(books.people.map((person) => [person.customer, person.email]));
  const arrived = new Map(mails.map((mail) => [mail.messageId, mail]));
  const lost = new Set(books.lostMails);
  const addressesOf = (id: string) => {
    const invoice = invoices.get(id);
    const billed = invoice === undefined ? undefined : storedPart<InvoiceBody>(snapshot, invoice.body)?.billTo.email;
    return { billed, today: people.get(invoice?.customer ?? '') };
  };
  return [
    ...books.letters.flatMap((letter) => {
      const { billed, today } = addressesOf(letter.invoice);
      const isTheirs = letter.to === billed || (letter.step !== 'bill' && letter.to === today);
      const mail = letter.messageId === null ? undefined : arrived.get(letter.messageId);
      const isKept =
        mail === undefined ||
        ((mail.invoice ?? letter.invoice) === letter.invoice && mail.to.length === 1 && mail.to[0] === letter.to);
      return must(
        isTheirs && isKept,
        'I34',
        `Letter ${nameOf(letter)} did not go to its customer alone, about its invoice alone.`,
        letter.invoice,
        letter.step,
      );
    }),
    ...mails.flatMap(({ messageId, invoice, to }) => {
      const { billed, today } = addressesOf(invoice ?? '');
      // Of an invoice that was lost with the hours it was mailed in, the books do not know whose it was.
      const isLost = lost.has(messageId) && !invoices.has(invoice ?? '');
      const isTheirs = invoice === null || isLost || to.every((address) => address === billed || address === today);
      return must(
        isTheirs,
        'I34',
        `A mail with the payment link of ${String(invoice)} went to somebody else.`,
        messageId,
        String(invoice),
      );
    }),
  ];
};
