/** Sends a request as the front would: to the door of its address or to the API, as the event API Gateway makes of it. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { unreachable } from '#domain/assert.ts';
import { eventOf } from '#test/simulation/cloud/http.ts';
import type { Asked, Carried } from '../requests/asked.ts';
import type { Target } from '../requests/target.ts';
import { targets } from '../requests/targets.ts';
import type { FuzzWorld } from '../world/fuzz-world.ts';
import type { Answered } from './answered.ts';

export const send = async (world: FuzzWorld, asked: Asked): Promise<Answered> => {
  const door = doorOf(asked);
  const event = eventFor(asked, door);
  const handler = door?.lane === undefined ? world.api : world.lanes[door.lane];
  const writesBefore = world.writes();
  const began = process.cpuUsage();
  const result = (await handler(event)) as APIGatewayProxyStructuredResultV2;
  const { user, system } = process.cpuUsage(began);
  const text = Buffer.from(result.body ?? '', result.isBase64Encoded === true ? 'base64' : 'utf8').toString('utf8');
  const headers = (result.headers ?? {}) as Record<string, string>;
  return {
    status: result.statusCode ?? 0,
    headers,
    text,
    body: /json/.test(headers['content-type'] ?? '') ? (JSON.parse(text) as unknown) : text,
    ms: (user + system) / 1_000,
    writes: world.writes() - writesBefore,
  };
};

const doors = targets.filter(({ lane }) => lane !== undefined);

/** By method and path alone, as the front finds it: a request can miss the door it was made for. */
const doorOf = ({ method, path }: Asked): (Target & { readonly params?: unknown }) | undefined =>
  doors.find((door) => door.method === method && paramsOf(door.template, path) !== undefined);

const paramsOf = (template: string, path: string): Record<string, string> | undefined => {
  const [wanted, given] = [template.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined) params[name] = given[i] ?? '';
    else if (part !== given[i]) return undefined;
  }
  return params;
};

const eventFor = (
  { method, path, query, headers, body, carried }: Asked,
  door: Target | undefined,
): APIGatewayProxyEventV2 => {
  const request = { method: method as 'GET', path, headers };
  const params = door === undefined ? undefined : paramsOf(door.template, path);
  const event = eventOf({
    ...request,
    ...(door === undefined ? {} : { door: { route: door.name, params: params ?? {} } }),
  });
  return {
    ...event,
    rawQueryString: Object.entries(query)
      .map(([name, text]) => `${name}=${text}`)
      .join('&'),
    queryStringParameters: { ...query },
    ...(body === undefined ? {} : carriedAs(body, carried)),
  };
};

const carriedAs = (body: Uint8Array, carried: Carried): Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'> => {
  const [plain, packed] = [Buffer.from(body).toString('utf8'), Buffer.from(body).toString('base64')];
  switch (carried) {
    case 'as base64':
      return { body: packed, isBase64Encoded: true };
    case 'as text':
      return { body: plain, isBase64Encoded: false };
    case 'as base64 called text':
      return { body: packed, isBase64Encoded: false };
    case 'as text called base64':
      return { body: plain, isBase64Encoded: true };
    default:
      return unreachable(carried);
  }
};
