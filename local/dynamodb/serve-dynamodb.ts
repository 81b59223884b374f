/**
 * The store behind DynamoDB's HTTP protocol (JSON 1.0 by `x-amz-target`), so that the unchanged
 * AWS SDK talks to it through AWS_ENDPOINT_URL_DYNAMODB. It listens on the loopback address only;
 * signatures are not checked.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import { DynamoError, internalError, validationError } from './dynamo-error.ts';
import type { Store } from './store.ts';

export interface DynamodbDoor {
  readonly url: string;
  close(): Promise<void>;
}

const TARGET = 'DynamoDB_20120810.';
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

export async function serveDynamodb({ store, port = 0 }: { store: Store; port?: number }): Promise<DynamodbDoor> {
  let requests = 0;
  const server = createServer((request, response) => {
    const id = `local-${++requests}`;
    answer(store, request).then(
      (output) => send(response, id, 200, output),
      (error: unknown) => sendError(response, id, error),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

async function answer(store: Store, request: IncomingMessage): Promise<object> {
  const target = request.headers['x-amz-target'];
  const body = await readBody(request);
  if (typeof target !== 'string' || !target.startsWith(TARGET)) {
    throw new DynamoError('UnknownOperationException', `Not a DynamoDB operation: ${String(target)}`);
  }
  return store.execute(target.slice(TARGET.length), parsed(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REQUEST_BYTES) throw new DynamoError('RequestEntityTooLarge', 'Request body too large', {}, 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(body: string): object {
  // An attribute of this name would be lost on its way through plain objects; better a refusal than a lost attribute.
  if (/"__proto__"\s*:/.test(body)) throw validationError('This store cannot keep an attribute named __proto__');
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Answered below, as AWS does.
  }
  throw new DynamoError('SerializationException', 'The request body is not a JSON object');
}

function sendError(response: ServerResponse, id: string, error: unknown): void {
  const known = error instanceof DynamoError ? error : internalError(error instanceof Error ? error.message : 'failed');
  if (known !== error) console.error(error);
  send(response, id, known.status, known.body);
}

function send(response: ServerResponse, id: string, status: number, output: object): void {
  const body = Buffer.from(JSON.stringify(output));
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': body.length,
    'x-amzn-requestid': id,
    'x-amz-crc32': crc32(body),
  });
  response.end(body);
}
