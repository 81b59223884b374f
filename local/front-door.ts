/**
 * The HTTP front of the local cloud: turns a request into the event API Gateway would
 * send, hands it to the route it fits (of the flow, or of a template) or to the API, and
 * writes the answer. Bodies over API Gateway's 10 MB never reach a handler there, and do
 * not here.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Trigger } from '#functions/flow-row.ts';
import { flow, stepNames } from '#functions/flow.ts';
import { problem } from '#functions/http.ts';
import type { LaneName } from '#functions/lanes.ts';

export type HttpHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

const mostBytes = 10 * 1024 * 1024;

/** Which handler has which requests: what fits no route has the rest. */
export interface FrontRoutes {
  readonly routes: readonly {
    readonly method: string;
    /** With parameters in braces: `/pay/{token}`. */
    readonly path: string;
    readonly handler: HttpHandler;
  }[];
  readonly rest: HttpHandler;
}

const doors = stepNames.flatMap((step) =>
  (flow[step].on as readonly Trigger[]).flatMap((trigger) =>
    trigger.on === 'http' ? [{ lane: flow[step].lane, method: trigger.method, path: trigger.path }] : [],
  ),
);

export const frontDoor = (handlers: {
  readonly lane: (lane: LaneName) => HttpHandler;
  readonly api: HttpHandler;
}): Server =>
  httpFront(() => ({
    routes: doors.map(({ lane, method, path }) => ({ method, path, handler: handlers.lane(lane) })),
    rest: handlers.api,
  }));

/** The routes are asked for at each request, for the front listens before what it leads to is there. */
export const httpFront = (routesNow: () => FrontRoutes): Server =>
  createServer((request, response) => {
    Promise.resolve()
      .then(() => answer(routesNow(), request, response))
      .catch((error: unknown) => {
        console.error(error);
        response.destroy();
      });
  });

const answer = async (
  { routes, rest }: FrontRoutes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const body = await read(request);
  if (body === undefined) {
    const {
      status,
      headers,
      body: text,
    } = problem(
      { status: 413, code: 'body_too_large', detail: 'A request is at most 10 MB, and most routes take less.' },
      { connection: 'close' },
    );
    response.writeHead(status, headers).end(text);
    return;
  }
  const url = URL.parse(`http://127.0.0.1${request.url ?? '/'}`);
  if (url === null) {
    const {
      status,
      headers,
      body: text,
    } = problem({ status: 400, code: 'malformed_address', detail: 'This is no address.' });
    response.writeHead(status, headers).end(text);
    return;
  }
  const door = routes.flatMap((each) => {
    const params = each.method === request.method ? paramsOf(each.path, url.pathname) : undefined;
    return params === undefined ? [] : [{ ...each, params }];
  })[0];
  const event = eventOf(
    request,
    url,
    body,
    door === undefined ? '$default' : `${door.method} ${door.path}`,
    door?.params,
  );
  const result = await (door?.handler ?? rest)(event);
  const bytes = Buffer.from(result.body ?? '', result.isBase64Encoded === true ? 'base64' : 'utf8');
  response.writeHead(result.statusCode ?? 200, {
    ...(result.headers as Record<string, string>),
    'content-length': bytes.length,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
};

/** Undefined once it is more than API Gateway lets through; what comes after is not kept. */
const read = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  }
  return size <= mostBytes ? Buffer.concat(chunks) : undefined;
};

/** The parameters of a path that fits a template such as `/pay/{token}`. */
const paramsOf = (template: string, path: string): Record<string, string> | undefined => {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined) params[name] = given[i] ?? '';
    else if (part !== given[i]) return undefined;
  }
  return params;
};

const eventOf = (
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  routeKey: string,
  pathParameters: Record<string, string> | undefined,
): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey,
  rawPath: url.pathname,
  rawQueryString: url.search.slice(1),
  headers: Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  ),
  queryStringParameters: Object.fromEntries(url.searchParams),
  ...(pathParameters === undefined ? {} : { pathParameters }),
  requestContext: {
    accountId: '000000000000',
    apiId: 'local',
    domainName: '127.0.0.1',
    domainPrefix: 'local',
    http: {
      method: request.method ?? 'GET',
      path: url.pathname,
      protocol: 'HTTP/1.1',
      sourceIp: '127.0.0.1',
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: '',
    routeKey,
    stage: '$default',
    time: '',
    timeEpoch: 0,
  },
  ...(body.length === 0 ? {} : { body: body.toString('base64') }),
  isBase64Encoded: body.length > 0,
});
