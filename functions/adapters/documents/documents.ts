/**
 * The port `documents`: what customers read. Made from the frozen invoice, the pay
 * link of that one invoice and nothing else; every text in it that people typed is
 * one harmless line before anything is made of it.
 */
import { assert } from '#domain/assert.ts';
import type { Invoice, InvoiceBody, Issued } from '#domain/invoicing/invoice.ts';
import type { Documents } from '../../ports.ts';
import { billLetter } from './bill-letter.ts';
import { billPdf } from './bill-pdf.ts';
import { declinedLetter } from './declined-letter.ts';
import { mime } from './mime.ts';
import { oneLineEach } from './one-line.ts';

export interface DocumentsOptions {
  /** The address our mails come from. */
  readonly sender: string;
  /** The page on which one invoice is paid, by its id. */
  readonly payUrl: (invoice: string) => string;
}

export const documents = ({ sender, payUrl }: DocumentsOptions): Documents => {
  const envelopeOf = ({ id }: Invoice, { issuer, billTo }: InvoiceBody, step: string) => ({
    sender,
    senderName: issuer.name,
    recipientName: billTo.name,
    invoice: id,
    step,
  });

  return {
    invoicePdf: async (invoice, body) => billPdf(issuedOf(invoice), oneLineEach(body), payUrl(invoice.id)),

    billMail: async (invoice, written, posting) => {
      const body = oneLineEach(written);
      const issued = issuedOf(invoice);
      const url = payUrl(invoice.id);
      const pdf = await billPdf(issued, body, url);
      const content = billLetter(invoice, issued, body, url, posting.collection);
      return mime(content, { ...posting, ...envelopeOf(invoice, body, 'bill') }, [
        { filename: `${issued.number}.pdf`, content: pdf },
      ]);
    },

    declinedMail: async (invoice, written, { attempt, nextAttemptOn, ...posting }) => {
      const body = oneLineEach(written);
      const againOn = posting.collection.state === 'due' ? nextAttemptOn : null;
      const content = declinedLetter(issuedOf(invoice), body, payUrl(invoice.id), againOn);
      return mime(content, { ...posting, ...envelopeOf(invoice, body, `declined-${String(attempt)}`) });
    },
  };
};

const issuedOf = ({ id, status }: Invoice): Issued => {
  assert(status.state === 'final' || status.state === 'paid', `invoice ${id} is final before anybody reads it`);
  return status;
};
