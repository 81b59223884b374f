/**
 * Puts a letter into its envelope: one MIME message to one address. Names and subject
 * are encoded, never pasted, so no text can become a header or a second recipient.
 * Equal input gives equal bytes; the Message-ID follows from invoice and letter, so
 * two copies of one mail can be told to be one. (SES gives what it sends an id of its own.)
 */
import MailComposer from 'nodemailer/lib/mail-composer';
import { assert } from '#domain/assert.ts';
import { isMailAddress } from '#domain/catalog/mail-address.ts';
import { canonicalHash } from '#domain/canonical.ts';
import { epochMs } from '#domain/time/instant.ts';
import type { MailMessage, Posting } from '../../ports.ts';
import type { LetterContent } from './letter-content.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';

export interface Envelope extends Posting {
  readonly sender: string;
  readonly senderName: string;
  readonly recipientName: string;
  readonly invoice: string;
  /** Which letter about the invoice this is: `bill`, `declined-1`. */
  readonly step: string;
}

export interface Attachment {
  readonly filename: string;
  readonly content: Uint8Array;
}

export const mime = async (
  content: LetterContent,
  envelope: Envelope,
  attachments: readonly Attachment[] = [],
): Promise<MailMessage> => {
  const { sender, to, at, invoice, step } = envelope;
  assert(isMailAddress(sender), `"${sender}" is one mail address`);
  assert(isMailAddress(to), 'a letter goes to one mail address');
  const composer = new MailComposer({
    from: { name: envelope.senderName, address: sender },
    to: { name: envelope.recipientName, address: to },
    subject: content.subject,
    date: new Date(epochMs(at)),
    messageId: `<${step}.${invoice}@${sender.slice(sender.indexOf('@') + 1)}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'en' },
    text: letterText(content),
    html: letterHtml(content),
    attachments: attachments.map(({ filename, content: bytes }) => ({
      filename,
      content: Buffer.from(bytes),
      contentType: 'application/pdf',
    })),
    baseBoundary: canonicalHash([invoice, step]).slice(0, 24),
    // A text of ours that looks like a path or an address is never read or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
    // RFC 5322 ends every line with CR LF.
    newline: 'windows',
  });
  return { from: sender, to, subject: content.subject, mime: await composer.compile().build() };
};
