/**
 * The HTTP door of the queues: the AWS JSON 1.0 protocol on the loopback interface, so the AWS SDK needs only
 * `AWS_ENDPOINT_URL_SQS`. Credentials are not looked at. A caller that hangs up while it waits gets no message.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { assertOperationName } from './operations.ts';
import type { Queues } from './queues.ts';
import { refuse, SqsRefusal } from './refusal.ts';

export interface SqsServer {
  readonly url: string;
  /** Hangs up on everyone, waiting consumers included. The queues stay open; they belong to whoever made them. */
  readonly close: () => Promise<void>;
}

export async function serveSqs({
  queues,
  port = 0,
}: {
  readonly queues: Queues;
  readonly port?: number;
}): Promise<SqsServer> {
  const server = createServer((request, response) => void answer(queues, request, response));
  const { promise: listening, resolve, reject } = Promise.withResolvers<undefined>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', () => resolve(undefined));
  await listening;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(queues: Queues, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const operation = operationOf(request);
    const input = readJson(await text(request));
    const origin = `http://${request.headers.host ?? '127.0.0.1'}`;
    respond(response, 200, await queues.execute(operation, input, { origin, signal: gone.signal }));
  } catch (error) {
    if (request.socket.destroyed) return;
    const refusal = error instanceof SqsRefusal ? error : unexpected(error);
    const fault = refusal.isSenderFault ? 'Sender' : 'Receiver';
    response.setHeader('x-amzn-query-error', `${refusal.queryCode};${fault}`);
    respond(response, refusal.status, { __type: `com.amazonaws.sqs#${refusal.code}`, message: refusal.message });
  }
}

function operationOf(request: IncomingMessage): Parameters<Queues['execute']>[0] {
  const [service, operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  if (service !== 'AmazonSQS') refuse('InvalidAction', 'Only the AWS JSON protocol (X-Amz-Target) is spoken here.');
  assertOperationName(operation);
  return operation;
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch {
    return refuse('SerializationException', 'The body of the request is not JSON.');
  }
}

function unexpected(error: unknown): SqsRefusal {
  console.error(error);
  return new SqsRefusal('InternalError', String(error));
}

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(body));
}
