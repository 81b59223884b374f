/**
 * Answers a request that came to one of a lane's doors: finds the step by its route,
 * checks the API key where the route wants one, commits the answer, and only then
 * responds, so that a 2xx is never a promise.
 */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Outage } from '#domain/outage.ts';
import { flow, type StepName } from '../flow.ts';
import type { FlowRow } from '../flow-row.ts';
import { type HttpRequest, type HttpResponse, problem } from '../http.ts';
import type { Answer } from '../step.ts';
import { authorize } from './authorize.ts';
import { commit } from './commit.ts';
import { httpRequest, httpResult } from './http-event.ts';
import { portsNow, rereading } from './run-step.ts';
import type { World } from './world.ts';

export type DoorCode = (request: HttpRequest, ports: unknown) => Promise<Answer & { readonly respond: HttpResponse }>;

export const answerDoor = async (
  world: World,
  codes: ReadonlyMap<string, DoorCode>,
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> =>
  httpResult(
    await answerOf(world, codes, event).catch((error: unknown) =>
      sorry(world, event.routeKey, error, doorOf(event.routeKey)?.step),
    ),
  );

const answerOf = async (
  world: World,
  codes: ReadonlyMap<string, DoorCode>,
  event: APIGatewayProxyEventV2,
): Promise<HttpResponse> => {
  const door = doorOf(event.routeKey);
  const code = door === undefined ? undefined : codes.get(door.step);
  if (door === undefined || code === undefined)
    return problem({ status: 404, code: 'not_found', detail: 'There is nothing at this address.' });
  const request = httpRequest(event);
  if (door.scope !== undefined) {
    const caller = await authorize(world, request, door.scope);
    if ('status' in caller) return caller;
  }
  return rereading(async () => {
    const answer = await code(request, portsNow(world));
    await commit(world, answer);
    return answer.respond;
  });
};

const doorOf = (routeKey: string) => {
  for (const [step, row] of Object.entries(flow as Readonly<Record<StepName, FlowRow>>)) {
    for (const trigger of row.on) {
      if (trigger.on === 'http' && `${trigger.method} ${trigger.path}` === routeKey)
        return { step, scope: trigger.scope };
    }
  }
  return undefined;
};

/** An outage asks the client to come again; a bug is ours. Neither says more than that. */
export const sorry = (world: World, route: string, error: unknown, step?: string): HttpResponse => {
  world.log({
    step,
    route,
    outcome: 'failed',
    error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  });
  return error instanceof Outage
    ? problem(
        {
          status: 503,
          code: 'unavailable',
          detail: 'This did not go through, as far as we know. Send the same request again in a moment.',
        },
        { 'retry-after': '2' },
      )
    : problem({ status: 500, code: 'internal_error', detail: 'This is our mistake, and somebody has been told.' });
};
