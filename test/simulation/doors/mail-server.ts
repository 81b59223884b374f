/**
 * The mail server: takes whole messages, keeps them in memory, and answers as SES does.
 * What it took has arrived, whether or not its sender got to know.
 */
import type { SESClient } from '@aws-sdk/client-ses';
import { type Instant, instantAt } from '#domain/time/instant.ts';
import type { Inbox } from '#local/ses/serve-ses.ts';
import type { ReceivedMail } from '#local/ses/received-mail.ts';
import type { DoorFault } from '../engine/fault-kinds.ts';
import type { Process } from '../engine/process.ts';

export interface MailServer extends Inbox {
  readonly mails: readonly ReceivedMail[];
  clientOf(process: Process): SESClient;
}

interface RawEmail {
  readonly Source: string;
  readonly Destinations: readonly string[];
  readonly RawMessage: { readonly Data: Uint8Array };
}

export const mailServer = (now: () => number): MailServer => {
  const mails: ReceivedMail[] = [];

  const take = (input: RawEmail): { readonly MessageId: string } => {
    const messageId = `mail-${String(mails.length + 1)}`;
    mails.push(received(messageId, input, instantAt(now())));
    return { MessageId: messageId };
  };

  const answer = async (input: RawEmail, fault: DoorFault | undefined): Promise<object> => {
    switch (fault) {
      case 'throttled':
        throw failure('Throttling', 400);
      case 'refused':
        throw failure('MessageRejected', 400);
      case 'timeout_before':
        throw failure('TimeoutError');
      case '5xx-before':
        throw failure('InternalFailure', 500);
      case 'timeout_after':
        take(input);
        throw failure('TimeoutError');
      case '5xx-after':
        take(input);
        throw failure('InternalFailure', 500);
      default:
        return take(input);
    }
  };

  return {
    mails,
    inbox: () => Promise.resolve(mails),
    clientOf: (process) =>
      ({
        send: ({ input }: { readonly input: RawEmail }) =>
          process.call('mail', 'SendRawEmail', (fault) => answer(input, fault)),
      }) as unknown as SESClient,
  };
};

const received = (messageId: string, { Source, Destinations, RawMessage }: RawEmail, at: Instant): ReceivedMail => {
  const text = Buffer.from(RawMessage.Data).toString('utf8');
  return {
    messageId,
    from: Source,
    to: Destinations,
    subject: /^Subject: (.*)$/m.exec(text)?.[1] ?? '',
    text,
    html: '',
    attachments: [],
    at,
  };
};

const failure = (name: string, httpStatusCode?: number): Error =>
  Object.assign(new Error(`${name} of a simulation`), {
    name,
    ...(httpStatusCode === undefined ? {} : { $metadata: { httpStatusCode } }),
  });
