/** The port `mail`: the production adapter and the real SDK, against the local mailbox and against a server that misbehaves. */
import { appendFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Outage } from '#domain/outage.ts';
import { instant } from '#domain/time/instant.ts';
import { documents } from '#functions/adapters/documents/documents.ts';
import { sesMail } from '#functions/adapters/ses/ses-mail.ts';
import { serveSes, type SesOptions } from '#local/ses/serve-ses.ts';
import { bodyOf, invoiceOf } from './mail-bill.ts';

const clientOf = (endpoint: string): SESClient => {
  const client = new SESClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
};

const openMailbox = async (options: SesOptions = {}) => {
  const ses = await serveSes(options);
  onTestFinished(() => ses.close());
  return { ses, mail: sesMail({ client: clientOf(ses.url) }), client: clientOf(ses.url) };
};

const bill = async () => {
  const body = bodyOf();
  const port = documents({
    sender: 'billing@ch.example',
    payUrl: (invoice) => `https://billing.example/pay/${invoice}`,
  });
  return port.billMail(invoiceOf(body), body, {
    to: 'ada@customer.example',
    at: instant('2026-02-01T01:02:03.000Z'),
    collection: { state: 'no_method', nextAttemptOn: null },
  });
};

const plain = (to: string) => ({
  from: 'billing@ch.example',
  to,
  mime: Buffer.from(`From: billing@ch.example\r\nTo: ${to}\r\nSubject: hello\r\n\r\nhello\r\n`),
});

describe('a mail that goes out', () => {
  it('arrives whole: sender, one recipient, both parts, the PDF', async () => {
    const { ses, mail } = await openMailbox({ now: () => Date.parse('2026-02-01T01:03:00Z') });
    const message = await bill();
    const outcome = await mail.send(message);
    const [received, ...others] = await ses.inbox();
    expect(others).toEqual([]);
    expect(outcome).toEqual({ state: 'ok', value: { messageId: received!.messageId } });
    expect(received).toMatchObject({
      to: ['ada@customer.example'],
      subject: message.subject,
      at: '2026-02-01T01:03:00.000Z',
    });
    expect(received!.from).toContain('<billing@ch.example>');
    expect(received!.text).toContain('Total 35.20 EUR, due 2026-02-15');
    expect(received!.html).toContain('Żółta Łódź');
    expect(received!.attachments).toMatchObject([{ filename: 'CH-2026-000042.pdf', contentType: 'application/pdf' }]);
    expect(Buffer.from(received!.attachments[0]!.content).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('goes where the envelope says, whatever its headers say', async () => {
    const { ses, mail } = await openMailbox();
    await mail.send({ ...plain('evil@evil.example'), to: 'ada@customer.example' });
    expect((await ses.inbox()).map(({ to }) => to)).toEqual([['ada@customer.example']]);
  });

  it('is there after the mailbox starts again, and what a kill tore off is not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mail-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'mail.jsonl');
    const first = await serveSes({ file });
    await sesMail({ client: clientOf(first.url) }).send(await bill());
    const before = await first.inbox();
    await first.close();
    appendFileSync(file, '{"email":{"messageId":"torn');

    const { ses, mail } = await openMailbox({ file });
    expect(await ses.inbox()).toEqual(before);
    await mail.send(plain('bob@customer.example'));
    expect((await ses.inbox()).map(({ to }) => to)).toEqual([['ada@customer.example'], ['bob@customer.example']]);
  });

  it('stays in the mailbox it was sent to, though two run in one process', async () => {
    const [one, other] = [await openMailbox(), await openMailbox()];
    await one.mail.send(plain('ada@customer.example'));
    await other.mail.send(plain('bob@customer.example'));
    expect((await one.ses.inbox()).map(({ to }) => to)).toEqual([['ada@customer.example']]);
    expect((await other.ses.inbox()).map(({ to }) => to)).toEqual([['bob@customer.example']]);
  });

  it('an operation the mailbox does not know is refused, not left hanging', async () => {
    const { client } = await openMailbox();
    await expect(client.send(new GetSendQuotaCommand({}))).rejects.toMatchObject({ name: 'InvalidAction' });
  });
});

describe('a mail server that misbehaves', () => {
  let calls = 0;
  const against = async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
    calls = 0;
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        calls += 1;
        answer(request, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return sesMail({ client: clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), timeoutMs: 300 });
  };
  const saying =
    (status: number, code: string, message = 'No.') =>
    (_: IncomingMessage, response: ServerResponse) => {
      response
        .writeHead(status, { 'content-type': 'text/xml' })
        .end(
          `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
        );
    };

  it.each([
    ['MessageRejected', 'Email address is not verified.'],
    ['MailFromDomainNotVerified', 'The MAIL FROM domain is not verified.'],
    ['InvalidParameterValue', 'Local address contains control or whitespace'],
  ])('%s is a refusal: it was not taken and will not be', async (code, message) => {
    const mail = await against(saying(400, code, message));
    expect(await mail.send(plain('ada@customer.example'))).toMatchObject({
      state: 'refused',
      because: expect.stringContaining(message) as string,
    });
    expect(calls).toBe(1);
  });

  it.each([
    [400, 'Throttling'],
    [429, 'TooManyRequestsException'],
    [400, 'AccountSendingPausedException'],
    [400, 'ConfigurationSetDoesNotExist'],
    [403, 'SignatureDoesNotMatch'],
  ])('%i %s is an outage: not taken now, to be tried again', async (status, code) => {
    const mail = await against(saying(status, code));
    await expect(mail.send(plain('ada@customer.example'))).rejects.toThrow(Outage);
    expect(calls).toBe(1);
  });

  it.each([500, 502, 503])('%i is unknown, and is not asked again', async (status) => {
    const mail = await against(saying(status, 'InternalFailure'));
    expect(await mail.send(plain('ada@customer.example'))).toMatchObject({ state: 'unknown' });
    expect(calls).toBe(1);
  });

  it('an answer that never comes is unknown', async () => {
    const mail = await against(() => undefined);
    expect(await mail.send(plain('ada@customer.example'))).toMatchObject({ state: 'unknown' });
    expect(calls).toBe(1);
  });

  it('a connection that breaks after the mail was sent is unknown', async () => {
    const mail = await against((request) => request.socket.destroy());
    expect(await mail.send(plain('ada@customer.example'))).toMatchObject({ state: 'unknown' });
    expect(calls).toBe(1);
  });

  it('an answer that breaks off, or makes no sense, is unknown', async () => {
    const broken = await against((request, response) => {
      response.writeHead(200, { 'content-length': '500' }).write('<SendRawEmail');
      setTimeout(() => request.socket.destroy(), 20);
    });
    expect(await broken.send(plain('ada@customer.example'))).toMatchObject({ state: 'unknown' });
    const senseless = await against((_, response) => response.writeHead(200).end('<html>proxy</html>'));
    expect(await senseless.send(plain('ada@customer.example'))).toMatchObject({ state: 'unknown' });
  });

  it('nobody there to take it is an outage', async () => {
    const mail = sesMail({ client: clientOf('http://127.0.0.1:1') });
    await expect(mail.send(plain('ada@customer.example'))).rejects.toThrow(Outage);
  });
});
