/** Puts a double behind HTTP on loopback, where stripe-node reaches it by `host`, `port` and `protocol: 'http'`. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StripeDouble } from './double.ts';

const LARGEST_BODY = 1_000_000;

const readBody = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_BODY) throw new Error('a request to Stripe stays below a megabyte');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
};

const headersOf = (request: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );

const answer = async (double: StripeDouble, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { method = 'GET', url: path = '/' } = request;
  const reply = await double.handle({ method, path, headers: headersOf(request), body: await readBody(request) });
  if (reply.kind === 'silence') return;
  if (reply.kind === 'reset') return void request.socket.resetAndDestroy();
  response.writeHead(reply.status, reply.headers).end(reply.body);
};

export interface ServedStripe {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Serves on 127.0.0.1 only; port 0 takes a free one. Closing does not close the double. */
export const serveStripe = async ({
  double,
  port = 0,
}: {
  double: StripeDouble;
  port?: number;
}): Promise<ServedStripe> => {
  const server = createServer((request, response) => {
    answer(double, request, response).catch((error: unknown) => {
      // A bug of the double's own: said aloud, and a 500 that no key stores.
      console.error(error);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { type: 'api_error', message: String(error) } }));
    });
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });
  const { port: taken } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${taken}`;
  double.setPublicUrl(url);
  return {
    url,
    port: taken,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
