/**
 * Stands before a service of the local cloud, as IAM stands before AWS: finds by its
 * access key who is asking, has the request judged, and hands it on or answers as AWS
 * answers whoever may not. Signatures are not checked.
 */
import { Agent, createServer, type IncomingMessage, request as send, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Ask, Asked, Iam } from './iam.ts';
import type { ServiceName, ServiceRequest } from './asks-of-request.ts';

export interface GuardedDoor {
  readonly url: string;
  /** From here on requests are judged and handed on. */
  open(parts: GuardParts): void;
  close(): Promise<void>;
}

interface GuardParts {
  readonly iam: Iam;
  /** The address of the service behind. */
  readonly inner: string;
  readonly asksOf: (request: ServiceRequest) => readonly Ask[];
}

/** Listens at once, so that its address can be in templates before what they describe is there. */
export const guardedDoor = async (service: ServiceName): Promise<GuardedDoor> => {
  const agent = new Agent({ keepAlive: true });
  let parts: GuardParts | undefined;
  const server = createServer((request, response) => {
    answer(service, parts, agent, request, response).catch((error: unknown) => {
      // A request nobody understands, or a service that is gone: said aloud, and a fault of ours to the caller.
      if (request.socket.destroyed) return;
      console.error(error);
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: (given) => void (parts = given),
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
};

const answer = async (
  service: ServiceName,
  parts: GuardParts | undefined,
  agent: Agent,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (parts === undefined) throw new Error(`${service} was asked before the cloud was there`);
  const body = await text(request);
  const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const caller = parts.iam.byAccessKey(key);
  if (caller === undefined) {
    refuse(service, response, 'UnrecognizedClientException', `The access key "${key}" belongs to nobody.`);
    return;
  }
  const refused =
    caller === parts.iam.operator
      ? undefined
      : await parts.iam.refused(caller, parts.asksOf({ headers: request.headers, body }));
  if (refused !== undefined) refuse(service, response, 'AccessDeniedException', sentenceOf(refused));
  else await handOn(parts.inner, agent, request, body, response);
};

const sentenceOf = ({ by, action, resource }: Asked): string =>
  `User: ${by.role}/${by.name} is not authorized to perform: ${action} on resource: ${resource}`;

const refuse = (service: ServiceName, response: ServerResponse, code: string, message: string): void => {
  if (service === 'ses') {
    const named = code.replace(/Exception$/, '');
    response
      .writeHead(403, { 'content-type': 'text/xml' })
      .end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>${named}</Code><Message>${message}</Message></Error></ErrorResponse>`,
      );
  } else {
    response
      .writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify({ __type: `com.amazon.coral.service#${code}`, message }));
  }
};

/** A caller that hangs up, as one does in a long poll, hangs up on the service too. */
const handOn = (
  inner: string,
  agent: Agent,
  { method, url, headers }: IncomingMessage,
  body: string,
  response: ServerResponse,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const onward = send(`${inner}${url ?? '/'}`, { method, headers, agent }, (answered) => {
      response.writeHead(answered.statusCode ?? 500, answered.headers);
      answered.pipe(response);
      answered.once('error', reject).once('end', resolve);
    });
    response.once('close', () => {
      if (!response.writableEnded) onward.destroy();
      resolve();
    });
    onward.once('error', reject).end(body);
  });
