/**
 * The OpenAPI 3.1 document of the API, made from the route table and the schemas that
 * requests are checked with, so it cannot say anything else than what is done.
 */
import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import * as z from 'zod';
import { problemView } from '#events/api/problem.ts';
import { usageAnswerView } from '#events/api/usage.ts';
import { usageEventSchema } from '#events/usage.ts';
import type { Route } from '../route.ts';

export type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

export const openApi = (routes: readonly Route[]): OpenApiDocument => {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description:
      'An API key, `ch_live_…`, with one of the scopes usage:write, read and admin; admin may do everything.',
  });
  registry.registerPath(usageRoute);
  for (const route of routes) registry.registerPath(pathOf(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Countinghouse', version: 'v1', license: { name: 'Apache-2.0' }, description },
    tags: [...new Set(['events', ...routes.map(tagOf)])].map((name) => ({ name })),
  });
};

const description = `Usage in, bills out, every cent explained.

Field names are camelCase, enumerated values and codes snake_case. Money is an amount as text with its currency, quantities and rates are exact decimals as text; a JSON number is never either. Instants are ISO 8601 UTC, days YYYY-MM-DD. Names and addresses are kept in Unicode's composed form (NFC); external ids, subjects and event types are matched to the letter, as sent. Unknown fields are refused.

A POST with an Idempotency-Key has one effect and one answer however often it is sent; a replay says so in the header idempotency-replayed. Refusals are not kept. Errors are problems of RFC 9457 with a stable code.`;

/** `/v1/billing-runs/{id}` is of the billing-runs. */
const tagOf = ({ path }: Pick<Route, 'path'>): string =>
  path.startsWith('/v1/') ? (path.split('/')[2] ?? '') : 'operations';

const problems = {
  default: { description: 'A problem', content: { 'application/problem+json': { schema: problemView } } },
};

const pathOf = ({ method, path, scope, operation, summary }: Route): RouteConfig => {
  const { params, query, body, answers, successes } = operation;
  const headers = headersOf(method);
  const content =
    typeof answers === 'string'
      ? { [answers]: { schema: { type: 'string', format: 'binary' } as const } }
      : { 'application/json': { schema: answers } };
  return {
    method: method.toLowerCase() as 'get' | 'post' | 'patch',
    path,
    summary,
    tags: [tagOf({ path })],
    ...security(scope),
    request: {
      ...(params === undefined ? {} : { params: params as z.ZodObject }),
      ...(query === undefined ? {} : { query: query as z.ZodObject }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body: { required: true, content: { 'application/json': { schema: body } } } }),
    },
    responses: {
      ...Object.fromEntries(successes.map((status) => [status, { description: saying[status], content }])),
      ...problems,
    },
  };
};

const saying = { 200: 'OK', 201: 'Created', 202: 'Accepted' } as const;

const security = (scope: Route['scope']) =>
  scope === 'open' ? { security: [] } : { security: [{ apiKey: [] }], 'x-scope': scope };

const headersOf = (method: Route['method']): z.ZodObject | undefined => {
  switch (method) {
    case 'GET':
      return undefined;
    case 'POST':
      return z.object({
        'Idempotency-Key': z.string().max(255).optional().meta({ description: 'Sent twice, it is done once.' }),
      });
    case 'PATCH':
      return z.object({
        'If-Match': z.string().optional().meta({ description: 'The ETag that was read; another version is refused.' }),
      });
  }
};

const event = usageEventSchema.meta({ id: 'UsageEvent' });

const usageRoute: RouteConfig = {
  method: 'post',
  path: '/v1/events',
  summary: 'Report usage: one event, a batch or NDJSON, up to 1,000 events and 4 MB, gzip accepted',
  tags: ['events'],
  ...security('usage:write'),
  request: {
    body: {
      required: true,
      content: {
        'application/cloudevents+json': { schema: event },
        'application/cloudevents-batch+json': { schema: z.array(event) },
        'application/json': { schema: z.union([event, z.array(event)]) },
        'application/x-ndjson': { schema: z.string().meta({ description: 'One event a line.' }) },
      },
    },
  },
  responses: {
    202: {
      description: 'Durable; each event stands on its own',
      content: { 'application/json': { schema: usageAnswerView } },
    },
    ...problems,
  },
};
