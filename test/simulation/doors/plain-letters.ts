/**
 * Letters with the words production writes, but without PDF and MIME parts: making
 * those takes a hundred times what a whole delivery does, and no fault can strike it.
 * Each names its pay link in a header, so that every mail tells which invoice it is of.
 */
import { assert } from '#domain/assert.ts';
import type { Invoice, Issued } from '#domain/invoicing/invoice.ts';
import { billLetter } from '#functions/adapters/documents/bill-letter.ts';
import { declinedLetter } from '#functions/adapters/documents/declined-letter.ts';
import type { LetterContent } from '#functions/adapters/documents/letter-content.ts';
import { letterText } from '#functions/adapters/documents/letter-text.ts';
import type { Documents } from '#functions/ports.ts';

export const plainLetters = (sender: string, payUrl: (invoice: string) => string): Documents => {
  const letter = (content: LetterContent, invoice: string, step: string, to: string) => ({
    from: sender,
    to,
    subject: content.subject,
    mime: Buffer.from(
      [`Subject: ${content.subject}`, `Letter: ${step}`, `Pay: ${payUrl(invoice)}`, '', letterText(content)].join('\n'),
    ),
  });
  return {
    invoicePdf: () => Promise.resolve(new Uint8Array()),
    billMail: (invoice, body, { to, collection }) =>
      Promise.resolve(
        letter(billLetter(invoice, issuedOf(invoice), body, payUrl(invoice.id), collection), invoice.id, 'bill', to),
      ),
    declinedMail: (invoice, body, { to, collection, attempt, nextAttemptOn }) => {
      const againOn = collection.state === 'due' ? nextAttemptOn : null;
      const content = declinedLetter(issuedOf(invoice), body, payUrl(invoice.id), againOn);
      return Promise.resolve(letter(content, invoice.id, `declined-${String(attempt)}`, to));
    },
  };
};

const issuedOf = ({ id, status }: Invoice): Issued => {
  assert(status.state === 'final' || status.state === 'paid', `invoice ${id} is final before anybody reads it`);
  return status;
};
