/**
 * A step that mails one letter about an invoice, at most once (I33). The claim is
 * committed only while the invoice is final and its customer is who they were, and
 * pays as they did, when it was written (I32, I34); the mail is whole before it is claimed, so nothing of
 * ours fails between claim and call. A claim that a later delivery finds standing was
 * made by a run that may have sent it: it becomes `unknown`, and nobody sends again.
 */
import { present } from '#domain/assert.ts';
import { isMailAddress } from '#domain/catalog/mail-address.ts';
import type { Invoice, InvoiceBody } from '#domain/invoicing/invoice.ts';
import { collectionOf } from '#domain/payments/collection.ts';
import type { DomainEvent, EventName } from '#events/domain-events.ts';
import { change, create, type Handle, unchanged, type Write } from './handle.ts';
import type { CallOutcome, MailMessage, Ports, Posting } from './ports.ts';
import type { Letter } from './records/letter.ts';
import type { Answer, PortsOf } from './step.ts';

export interface LetterKind<Heard, Told extends EventName> {
  readonly about: (heard: Heard) => { readonly invoice: string; readonly step: string };
  /** Told once the letter went out or never will by itself; told again, it does no harm. */
  readonly tells: (heard: Heard) => readonly DomainEvent<Told>[];
  /** Whether this letter is to be written about an invoice that is owed. */
  readonly isDue: (heard: Heard, invoice: Invoice, books: Ports['books']) => Promise<boolean>;
  readonly write: (
    heard: Heard,
    invoice: Invoice,
    body: InvoiceBody,
    posting: Posting,
    documents: Ports['documents'],
  ) => Promise<MailMessage>;
}

interface LetterCall<Heard> {
  readonly heard: Heard;
  readonly message: MailMessage;
}
type MailOutcome = CallOutcome<{ readonly messageId: string }>;
type LetterPorts = PortsOf<'send-bill'>;
type InnerPorts = Omit<LetterPorts, 'mail'>;

export const letterStep = <Heard, Told extends EventName>(kind: LetterKind<Heard, Told>) => {
  type Said = Answer<'letter', Told>;
  const letterOf = (heard: Heard, { books }: InnerPorts) => books.get('letter', kind.about(heard));
  const after = (heard: Heard, write: readonly Write<'letter'>[] = []): Said => ({ write, tell: kind.tells(heard) });

  return {
    claim: async (heard: Heard, ports: InnerPorts): Promise<Said & { readonly call?: LetterCall<Heard> }> => {
      const { books, documents, now } = ports;
      const letter = await letterOf(heard, ports);
      if (letter?.value.state === 'claimed') return after(heard, [change(letter, givenUp(letter.value))]);
      if (letter !== undefined && letter.value.state !== 'waiting') return after(heard);

      const { invoice: id, step } = kind.about(heard);
      const invoice = present(await books.get('invoice', id), `invoice ${id} exists`);
      if (!isOwed(invoice.value) || !(await kind.isDue(heard, invoice.value, books))) {
        return letter === undefined
          ? {}
          : after(heard, [change(letter, refused(letter.value, 'There is nothing to pay any more.'))]);
      }

      const person = await books.get('person', invoice.value.customer);
      const to = person?.value.email ?? '';
      const claimed: Letter = { invoice: id, step, to, state: 'claimed', claimedAt: now, messageId: null };
      if (!isMailAddress(to))
        return after(heard, [put(letter, refused(claimed, 'The customer has no mail address we can write to.'))]);

      const customer = await books.get('customer', invoice.value.customer);
      const collection = collectionOf(invoice.value, customer?.value.payment ?? { state: 'none' });
      const body = (await books.part(invoice.value.body)) as InvoiceBody;
      const read = [invoice, person, customer].filter((handle) => handle !== undefined);
      return {
        write: [put(letter, claimed), ...read.map((handle) => unchanged(handle))],
        call: { heard, message: await kind.write(heard, invoice.value, body, { to, at: now, collection }, documents) },
      };
    },

    act: ({ message }: LetterCall<Heard>, { mail }: LetterPorts): Promise<MailOutcome> => mail.send(message),

    record: async ({ heard }: LetterCall<Heard>, outcome: MailOutcome, ports: InnerPorts): Promise<Said> => {
      const letter = present(await letterOf(heard, ports), 'a letter is claimed before it is sent');
      return after(heard, [change(letter, answered(letter.value, outcome))]);
    },

    /** The mail server took nothing. Only who made the claim knows that, so it may take back even one given up meanwhile. */
    release: async ({ heard }: LetterCall<Heard>, ports: InnerPorts): Promise<Said> => {
      const letter = present(await letterOf(heard, ports), 'a letter is claimed before it is sent');
      const { because: _, ...claimed } = letter.value;
      return { write: [change(letter, { ...claimed, state: 'waiting' })] };
    },
  };
};

/** Final and not nothing; draft, paid and void get no mail. */
const isOwed = ({ status, total }: Invoice): boolean => status.state === 'final' && total.minor > 0n;

const put = (letter: Handle<'letter'> | undefined, value: Letter): Write<'letter'> =>
  letter === undefined ? create('letter', value) : change(letter, value);

const refused = (letter: Letter, because: string): Letter => ({ ...letter, state: 'refused', because });

const givenUp = (letter: Letter): Letter => ({
  ...letter,
  state: 'unknown',
  because: 'A run of ours ended between claiming this mail and learning what became of it.',
});

const answered = ({ because: _, ...letter }: Letter, outcome: MailOutcome): Letter =>
  outcome.state === 'ok'
    ? { ...letter, state: 'sent', messageId: outcome.value.messageId }
    : { ...letter, state: outcome.state, because: outcome.because };
