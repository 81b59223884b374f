/**
 * Idempotency-Key: a POST sent twice under one key has one effect and one answer. The
 * answer is stored by the very transaction that has the effect. Refusals had no
 * effect and are not kept: the same request may succeed once its cause is gone.
 */
import { refuse } from '#domain/refusal.ts';
import { sha256 } from '#domain/sha256.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type HttpRequest, type HttpResponse, json } from '../http.ts';
import type { IdempotentAnswer } from '../records/idempotent-answer.ts';
import type { ApiRefusal } from './refusals.ts';

export interface IdempotencyKey {
  /** Where the answer is kept. */
  readonly key: string;
  /** What was asked. */
  readonly request: string;
}

/** Of the API key and the address, so that no client meets another's, nor one address another's. */
export const idempotencyKey = (
  { method, path, headers, body }: HttpRequest,
  apiKey: string,
): IdempotencyKey | undefined | ApiRefusal => {
  const sent = headers['idempotency-key'];
  if (method !== 'POST' || sent === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(sent)) {
    return refuse('invalid_idempotency_key', 'An Idempotency-Key is 1 to 255 visible ASCII characters.');
  }
  return { key: `${apiKey}#${sha256(`${path}\n${sent}`)}`, request: sha256(Buffer.from(body).toString('utf8')) };
};

export const kept = (
  { key, request }: IdempotencyKey,
  status: number,
  body: unknown,
  at: Instant,
): IdempotentAnswer => ({
  key,
  request,
  status,
  body: JSON.stringify(body),
  at,
});

/** The answer given before, or why this request cannot have it. */
export const replayed = (before: IdempotentAnswer, { request }: IdempotencyKey): HttpResponse | ApiRefusal =>
  before.request === request
    ? { ...json(before.status, null, { 'idempotency-replayed': 'true' }), body: before.body }
    : refuse(
        'idempotency_key_reused',
        'This Idempotency-Key was used with another body. Take a new key for a new request.',
      );
