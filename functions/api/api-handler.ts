/**
 * The API as one Lambda: finds the route, asks who is calling, checks what was sent,
 * lets the operation decide, commits its answer with the idempotency record in one
 * transaction, and only then responds. A 4xx has written nothing; whatever a caller
 * sends, no 5xx is its fault.
 */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type HttpRequest, type HttpResponse, problem } from '../http.ts';
import { sorry } from '../runtime/answer-door.ts';
import { authorize, type Caller } from '../runtime/authorize.ts';
import { httpRequest, httpResult } from '../runtime/http-event.ts';
import type { World } from '../runtime/world.ts';
import { answerOperation } from './answer-operation.ts';
import { documentationPages } from './documentation/documentation-pages.ts';
import { matchRoute } from './match-route.ts';
import type { TestClock } from './operation.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';

export type ApiHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** The test clock is there on local and test stages; without it there is no `/v1/test-clock`. */
export const apiHandler = (openWorld: () => World | Promise<World>, testClock?: TestClock): ApiHandler => {
  const served = routes.filter(({ onTestStagesOnly }) => onTestStagesOnly !== true || testClock !== undefined);
  const pages = documentationPages(served);

  return async (event) => {
    const world = await openWorld();
    const request = httpRequest(event);
    const page = pages.get(request.path);
    if (page !== undefined) return httpResult(careful(request.method === 'GET' ? page() : methodNotAllowed(['GET'])));
    const match = matchRoute(served, request.method, request.path);
    if (match === undefined) return httpResult(careful(notFound));
    if ('allow' in match) return httpResult(careful(methodNotAllowed(match.allow)));
    const { route, params } = match;
    const response = await answer(world, testClock, route, { ...request, params }).catch((error: unknown) =>
      sorry(world, `${route.method} ${route.path}`, error),
    );
    return httpResult(careful(response));
  };
};

const answer = async (
  world: World,
  testClock: TestClock | undefined,
  { scope, operation }: Route,
  request: HttpRequest,
): Promise<HttpResponse> => {
  const caller = scope === 'open' ? nobody : await authorize(world, request, scope);
  return 'status' in caller ? caller : answerOperation(world, testClock, operation, request, caller);
};

const nobody: Caller = { key: 'nobody', scopes: [] };

const notFound = problem({ status: 404, code: 'not_found', detail: 'There is nothing at this address.' });

const methodNotAllowed = (allow: readonly string[]): HttpResponse =>
  problem(
    { status: 405, code: 'method_not_allowed', detail: `This address takes ${allow.join(' and ')}.` },
    { allow: allow.join(', ') },
  );

/** Money is never cached, and no browser guesses what an answer is. */
const careful = (response: HttpResponse): HttpResponse => ({
  ...response,
  headers: {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    ...response.headers,
  },
});
