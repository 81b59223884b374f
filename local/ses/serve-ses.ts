/**
 * The mailbox of the local cloud: aws-ses-v2-local behind a door of ours on the
 * loopback interface, so the AWS SDK needs only `AWS_ENDPOINT_URL_SES`. That package
 * keeps mail in the memory of the process and lets an operation it does not know
 * hang. The door refuses such an operation, remembers to whom each envelope went, and
 * writes a mail to its file before the sender hears of it: kill -9 loses nothing that
 * was acknowledged; an operating system that loses power may forget the last mails.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import type SesLocal from 'aws-ses-v2-local';
import type * as SesStore from 'aws-ses-v2-local/dist/store.js';
import { present } from '#domain/assert.ts';
import { openMailFile, type StoredMail } from './mail-file.ts';
import { type ReceivedMail, receivedMail } from './received-mail.ts';

export interface Inbox {
  /** Every mail received, oldest first, those of earlier starts too. */
  inbox(): Promise<readonly ReceivedMail[]>;
}

export interface SesServer extends Inbox {
  /** The endpoint; a browser finds the mails here too. */
  readonly url: string;
  close(): Promise<void>;
}

export interface SesOptions {
  readonly port?: number;
  /** Where mails are kept across starts; in memory where absent. */
  readonly file?: string;
  /** The time that stands on a mail, in epoch milliseconds. */
  readonly now?: () => number;
}

// The package is CommonJS with a default of its own, which loaders hand over in different wrappings; required, it is always itself.
const required = createRequire(import.meta.url);
const { default: serveMailbox } = required('aws-ses-v2-local') as typeof SesLocal;
const { getStoreReadonly } = required('aws-ses-v2-local/dist/store.js') as typeof SesStore;

const known: ReadonlySet<string | null> = new Set(['SendEmail', 'SendRawEmail']);

export const serveSes = async ({ port = 0, file, now = Date.now }: SesOptions = {}): Promise<SesServer> => {
  const mailFile = openMailFile(file);
  const mails: StoredMail[] = [...mailFile.stored];
  getStoreReadonly().emails.push(...mails.map(({ email }) => email));
  const inner = await serveMailbox({ host: '127.0.0.1', port: 0 });
  const innerUrl = `http://127.0.0.1:${String((inner.address() as AddressInfo).port)}`;

  const keep = (messageId: string, form: URLSearchParams) => {
    const email = present(
      getStoreReadonly().emails.find((each) => each.messageId === messageId),
      `mail ${messageId} is in the store of the package`,
    );
    const named = [...form].filter(([name]) => /^Destinations\.member\.\d+$/.test(name)).map(([, address]) => address);
    const { to, cc, bcc } = email.destination;
    const mail = {
      email: { ...email, at: Math.floor(now() / 1000) },
      to: named.length > 0 ? named : [...to, ...cc, ...bcc],
    };
    mailFile.append(mail);
    mails.push(mail);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const form = new URLSearchParams(request.method === 'POST' && request.url === '/' ? body.toString('utf8') : '');
    const isAction = request.method === 'POST' && request.url === '/';
    if (isAction && !known.has(form.get('Action'))) {
      refuse(response, `Only ${[...known].join(' and ')} are spoken here.`);
      return;
    }
    const answered = await fetch(`${innerUrl}${request.url ?? '/'}`, {
      method: request.method ?? 'GET',
      headers: {
        'content-type': request.headers['content-type'] ?? '',
        authorization: request.headers.authorization ?? '',
      },
      ...(body.length > 0 ? { body } : {}),
    });
    const content = Buffer.from(await answered.arrayBuffer());
    const messageId = isAction ? /<MessageId>([^<]+)</.exec(content.toString('utf8'))?.[1] : undefined;
    if (answered.ok && messageId !== undefined) keep(messageId, form);
    response
      .writeHead(answered.status, { 'content-type': answered.headers.get('content-type') ?? 'text/plain' })
      .end(content);
  };

  const door = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => door.once('error', reject).listen(port, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${String((door.address() as AddressInfo).port)}`,
    inbox: () => Promise.resolve(mails.map(receivedMail)),
    close: async () => {
      for (const server of [door, inner]) {
        const closed = new Promise((done) => server.close(done));
        server.closeAllConnections();
        await closed;
      }
    },
  };
};

const refuse = (response: ServerResponse, message: string): void => {
  response
    .writeHead(400, { 'content-type': 'text/xml' })
    .end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
};
