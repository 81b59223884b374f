/** A mail as it lies in the local mailbox, for tests, the simulator and the console to read. */
import { type Instant, instantAt } from '#domain/time/instant.ts';
import type { StoredMail } from './mail-file.ts';

export interface ReceivedMail {
  /** The id SES answered with. */
  readonly messageId: string;
  /** As the header says it, with the display name. */
  readonly from: string;
  /** The addresses it was delivered to. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: Uint8Array;
  }[];
  readonly at: Instant;
}

export const receivedMail = ({ email, to }: StoredMail): ReceivedMail => ({
  messageId: email.messageId,
  from: email.from,
  to,
  subject: email.subject,
  text: email.body.text ?? '',
  html: email.body.html ?? '',
  attachments: email.attachments.map(({ filename = '', contentType, content }) => ({
    filename,
    contentType,
    content: Buffer.from(content, 'base64'),
  })),
  at: instantAt(email.at * 1000),
});
