/** From a request that may be answered to its answer: checked, decided, committed, and only then said. */
import * as z from 'zod';
import { isRefusal } from '#domain/refusal.ts';
import { create } from '../handle.ts';
import { type HttpRequest, type HttpResponse, json, problem } from '../http.ts';
import type { Caller } from '../runtime/authorize.ts';
import { commit } from '../runtime/commit.ts';
import { rereading } from '../runtime/run-step.ts';
import type { World } from '../runtime/world.ts';
import { absent } from './absent.ts';
import { checked, checkedQuery } from './checked.ts';
import { cursorsFor } from './cursors.ts';
import { type IdempotencyKey, idempotencyKey, kept, replayed } from './idempotency.ts';
import type { ApiAnswer, ApiPorts, ApiRequest, Operation, TestClock } from './operation.ts';
import { readBody } from './read-body.ts';
import { type ApiRefusal, refusalStatus } from './refusals.ts';

export const answerOperation = async (
  world: World,
  testClock: TestClock | undefined,
  operation: Operation,
  request: HttpRequest,
  caller: Caller,
): Promise<HttpResponse> => {
  const read = readRequest(world, operation, request, caller);
  if (isRefusal(read)) return refused(read);
  const key = idempotencyKey(request, caller.key);
  if (isRefusal(key)) return refused(key);

  return rereading(async () => {
    const ports = portsNow(world, testClock);
    const before = await answerBefore(ports, key);
    if (before !== undefined) return before;
    const answer = await operation.handle(read, ports);
    // What it was refused for may be the effect of this very request, sent twice at once: then its answer is there by now.
    if (isRefusal(answer)) return (await answerBefore(ports, key)) ?? refused(answer);
    await commitWith(world, answer, key, ports.now);
    return said(answer);
  });
};

const answerBefore = async (
  { books }: ApiPorts,
  key: IdempotencyKey | undefined,
): Promise<HttpResponse | undefined> => {
  const before = key === undefined ? undefined : await books.get('idempotentAnswer', key.key);
  if (before === undefined || key === undefined) return undefined;
  const replay = replayed(before.value, key);
  return isRefusal(replay) ? refused(replay) : replay;
};

const readRequest = (
  world: World,
  operation: Operation,
  { method, path, headers, query, params, body }: HttpRequest,
  caller: Caller,
): ApiRequest<unknown, unknown, unknown> | ApiRefusal => {
  const named = checked(operation.params ?? nothing, params);
  if (isRefusal(named)) return absent;
  const asked = checkedQuery(operation.query ?? nothing, query);
  if (isRefusal(asked)) return asked;
  const sent = method === 'GET' ? { value: undefined } : bodyOf(operation, headers, body);
  if (isRefusal(sent)) return sent;
  const ifMatch = headers['if-match'];
  return {
    params: named.value,
    query: asked.value,
    body: sent.value,
    caller,
    cursors: cursorsFor(world.apiKeyPepper, path, query),
    ...(ifMatch === undefined ? {} : { ifMatch }),
  };
};

const nothing = z.strictObject({});

/** An operation that takes no body bears none, or an empty object. */
const bodyOf = ({ body: schema }: Operation, headers: HttpRequest['headers'], bytes: Uint8Array) =>
  schema === undefined && bytes.length === 0
    ? { value: undefined }
    : readBody<unknown>(schema ?? nothing, {
        contentType: headers['content-type'],
        contentEncoding: headers['content-encoding'],
        bytes,
      });

/** Ports are taken from the world when an operation uses them, and not before: that is when the world opens them. */
const portsNow = ({ ports, clock, apiKeyPepper }: World, testClock: TestClock | undefined): ApiPorts => ({
  get books() {
    return ports.books;
  },
  get usageLog() {
    return ports.usageLog;
  },
  get documents() {
    return ports.documents;
  },
  get ids() {
    return ports.ids;
  },
  now: clock.now(),
  apiKeyPepper,
  ...(testClock === undefined ? {} : { testClock }),
});

/** The answer's effect and the memory of it, in one transaction. */
const commitWith = async (
  world: World,
  answer: ApiAnswer<unknown>,
  key: IdempotencyKey | undefined,
  now: ApiPorts['now'],
): Promise<void> => {
  const { status, body, bodyReplayed = body, write = [], tell = [] } = answer;
  const memory = key === undefined ? [] : [create('idempotentAnswer', kept(key, status, bodyReplayed, now))];
  await commit(world, { write: [...write, ...memory], tell });
};

const said = ({ status, body, headers = {} }: ApiAnswer<unknown>): HttpResponse =>
  body instanceof Uint8Array ? { status, headers, body } : json(status, body, headers);

const refused = ({ refused: code, because, pointer, parameter }: ApiRefusal): HttpResponse => {
  const said = problem({
    status: refusalStatus[code],
    code,
    detail: because,
    ...(pointer === undefined ? {} : { pointer }),
  });
  if (parameter === undefined) return said;
  return { ...said, body: JSON.stringify({ ...(JSON.parse(String(said.body)) as object), parameter }) };
};
