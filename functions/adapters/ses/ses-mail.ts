/**
 * The port `mail` on Amazon SES. One call, never repeated by itself: a mail that may
 * have been taken is unknown, for it cannot be taken back. The envelope names the one
 * recipient, so what stands in the headers adds nobody.
 */
import { type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { Mail } from '../../ports.ts';
import { sesOutcome } from './ses-outcome.ts';

export interface SesMailOptions {
  /** Opened with `maxAttempts: 1`: the SDK's own retry would send a mail twice. */
  readonly client: SESClient;
  /** The SES configuration set that publishes bounces and complaints. */
  readonly configurationSet?: string;
  /** After this long without an answer the outcome is unknown. */
  readonly timeoutMs?: number;
}

export const sesMail = ({ client, configurationSet, timeoutMs = 8_000 }: SesMailOptions): Mail => ({
  send: async ({ from, to, mime }) => {
    const command = new SendRawEmailCommand({
      Source: from,
      Destinations: [to],
      RawMessage: { Data: mime },
      ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
    });
    try {
      const { MessageId } = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
      if (MessageId === undefined) return { state: 'unknown', because: 'SES answered without a message id.' };
      return { state: 'ok', value: { messageId: MessageId } };
    } catch (error) {
      return sesOutcome(error);
    }
  },
});
