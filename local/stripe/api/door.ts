/**
 * The API's door: checks who asks, lets faults strike, keeps idempotency keys,
 * finds the operation and makes its effects and its stored answer one change set.
 * A simulator calls it directly; `serve-stripe.ts` puts it behind HTTP.
 */
import { Bug } from '#domain/assert.ts';
import { type Account, API_VERSION } from '../account/account.ts';
import { forgetOld } from '../account/forget-old.ts';
import type { AskedRequest, Faults, RequestFault } from '../faults.ts';
import { routes } from '../routes/routes.ts';
import { type ErrorBody, notAllowed, StripeAnswersError } from './errors.ts';
import { expandAll, takeExpand } from './expand.ts';
import { parseForm } from './form.ts';
import { fingerprintOf, keyInUse, storedAnswer } from './idempotency.ts';
import { matchPath } from './route.ts';
import { shown } from './shown.ts';

/** Header names are in lower case; `path` carries the query. */
export interface StripeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export type StripeReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Record<string, string>;
      readonly body: string;
    }
  /** Nothing comes back and the connection stays open: the caller's own patience ends it. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset' };

export interface DoorOptions {
  readonly faults: Faults;
  /** Awaited between taking a request in and doing it: where a simulator lets others go first. */
  readonly pause?: ((request: AskedRequest) => Promise<void>) | undefined;
  /** Told of every request that reached the API, with what became of it. */
  readonly watch?: ((request: AskedRequest & { readonly reply: StripeReply }) => void) | undefined;
}

interface Done {
  readonly status: number;
  readonly body: string;
  /** False where nothing was begun, so that no answer is kept. */
  readonly began: boolean;
}

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const errorBody = (error: ErrorBody): string => json({ error });

const brokenDown: ErrorBody = {
  type: 'api_error',
  message: 'An unknown error occurred while processing your request.',
};

const checkAsker = ({ headers }: StripeRequest): void => {
  const [scheme = '', credentials = ''] = (headers['authorization'] ?? '').split(' ');
  const key = scheme === 'Basic' ? Buffer.from(credentials, 'base64').toString().split(':', 1)[0] : credentials;
  if (key === undefined || key === '') notAllowed(401, 'You did not provide an API key.');
  if (!/^(sk|rk)_test_/.test(key ?? '')) notAllowed(401, 'This double takes secret or restricted test keys only.');
  const version = headers['stripe-version'];
  if (version !== undefined && version !== API_VERSION)
    notAllowed(400, `Invalid Stripe API version: ${version}. This double speaks ${API_VERSION}.`);
};

const shownAll = (account: Account, answer: object): object =>
  'data' in answer && Array.isArray(answer.data)
    ? { ...answer, data: answer.data.map((row: object) => shown(account, row)) }
    : shown(account, answer);

const run = (account: Account, { method, path: asked, body }: StripeRequest): object => {
  const [path = '', query = ''] = asked.split('?', 2);
  for (const route of routes) {
    const id = route.method === method ? matchPath(route.path, path) : undefined;
    if (id === undefined) continue;
    const form = parseForm(method === 'POST' ? body : query);
    const paths = takeExpand(form);
    const answer = shownAll(account, route.answer(account, id, path, form));
    expandAll(account, answer, paths);
    return answer;
  }
  return notAllowed(404, `Unrecognized request URL (${method}: ${path}).`);
};

/** Leaves the change set open: a decline's effects stay in it, any other error's are undone. */
const execute = (account: Account, request: StripeRequest, fault: RequestFault | undefined): Done => {
  const broken = { status: 500, body: errorBody(brokenDown), began: true };
  if (fault === 'server_error_before') return broken;
  try {
    const body = json(run(account, request));
    return fault === 'server_error_after' ? broken : { status: 200, body, began: true };
  } catch (error) {
    if (!(error instanceof StripeAnswersError && error.body.type === 'card_error')) account.store.discard();
    if (!(error instanceof StripeAnswersError)) throw new Bug(`the double answers ${request.path}`, { cause: error });
    if (fault === 'server_error_after') return broken;
    return { status: error.status, body: errorBody(error.body), began: error.began };
  }
};

const strike = (fault: RequestFault | undefined, key: string | null): StripeReply | undefined => {
  if (fault === 'timeout_before') return { kind: 'silence' };
  if (fault === 'reset_before') return { kind: 'reset' };
  if (fault === 'rate_limited') notAllowed(429, 'Request rate limit exceeded.', 'rate_limit');
  if (fault === 'key_in_use') keyInUse(key ?? 'none');
  return undefined;
};

export const openDoor = (account: Account, { faults, pause, watch }: DoorOptions) => {
  const inProgress = new Set<string>();

  const answer = (requestId: string, status: number, body: string, more: Record<string, string> = {}): StripeReply => ({
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json', 'request-id': requestId, 'stripe-version': API_VERSION, ...more },
    body,
  });

  const work = async (request: StripeRequest, asked: AskedRequest, requestId: string): Promise<StripeReply> => {
    checkAsker(request);
    const fault = faults.request?.(asked);
    const struck = strike(fault, asked.idempotencyKey);
    if (struck) return struck;
    forgetOld(account);

    const key = asked.idempotencyKey;
    const fingerprint = fingerprintOf(request.method, request.path, request.body);
    if (key !== null && inProgress.has(key)) keyInUse(key);
    const stored = key === null ? undefined : storedAnswer(account, key, fingerprint);
    if (stored)
      return answer(requestId, stored.status, stored.body, {
        'idempotency-key': stored.id,
        'idempotent-replayed': 'true',
        'original-request': stored.requestId,
      });

    if (key !== null) inProgress.add(key);
    try {
      await pause?.(asked);
      account.asker = { requestId, idempotencyKey: key };
      const { status, body, began } = execute(account, request, fault);
      if (key !== null && began)
        account.store.put('stored_answer', { id: key, fingerprint, at: account.now(), requestId, status, body });
      account.store.commit();
      if (fault === 'timeout_after') return { kind: 'silence' };
      if (fault === 'reset_after') return { kind: 'reset' };
      return answer(requestId, status, body, key === null ? {} : { 'idempotency-key': key });
    } finally {
      account.asker = { requestId: null, idempotencyKey: null };
      if (key !== null) inProgress.delete(key);
    }
  };

  return async (request: StripeRequest): Promise<StripeReply> => {
    const requestId = account.mintId('req');
    const idempotencyKey = request.method === 'POST' ? (request.headers['idempotency-key'] ?? null) : null;
    const asked = { method: request.method, path: request.path, idempotencyKey };
    const reply = await work(request, asked, requestId).catch((error: unknown): StripeReply => {
      if (!(error instanceof StripeAnswersError)) throw error;
      return answer(requestId, error.status, errorBody(error.body));
    });
    watch?.({ ...asked, reply });
    return reply;
  };
};
