/**
 * Who is asking, and whether they may. A key is `ch_live_{id}_{secret}`: the id finds
 * it, the secret is compared by keyed hash in constant time. A verified key is
 * remembered for a minute, so a revoked one stops within that.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { epochMs } from '#domain/time/instant.ts';
import { type HttpRequest, type HttpResponse, problem } from '../http.ts';
import type { Books } from '../ports.ts';
import type { ApiKey, Scope } from '../records/api-key.ts';
import type { World } from './world.ts';

export interface Caller {
  readonly key: string;
  readonly scopes: readonly Scope[];
}

const shape = /^Bearer ch_(?:live|test)_([0-9a-z]{16})_([0-9A-Za-z_-]{43})$/;
const rememberedMs = 60_000;
const remembered = new WeakMap<Books, Map<string, { readonly key: ApiKey; readonly untilMs: number }>>();

export const authorize = async (
  world: World,
  { headers }: HttpRequest,
  scope: Scope,
): Promise<Caller | HttpResponse> => {
  const [, id, secret] = shape.exec(headers['authorization'] ?? '') ?? [];
  const key = id === undefined ? undefined : await keyOf(world, id);
  if (
    key === undefined ||
    secret === undefined ||
    !matches(key, secret, world.apiKeyPepper) ||
    key.revokedAt !== null
  ) {
    return problem(
      { status: 401, code: 'unauthorized', detail: 'Send a valid API key as "Authorization: Bearer ch_…".' },
      { 'www-authenticate': 'Bearer' },
    );
  }
  if (!key.scopes.includes(scope) && !key.scopes.includes('admin')) {
    return problem({ status: 403, code: 'forbidden', detail: `This API key lacks the scope "${scope}".` });
  }
  return { key: key.id, scopes: key.scopes };
};

/** The keyed hash under which a secret is stored. */
export const hashOf = (secret: string, pepper: string): string =>
  createHmac('sha256', pepper).update(secret).digest('hex');

const matches = (key: ApiKey, secret: string, pepper: string): boolean =>
  timingSafeEqual(Buffer.from(key.hash, 'hex'), Buffer.from(hashOf(secret, pepper), 'hex'));

const keyOf = async (world: World, id: string): Promise<ApiKey | undefined> => {
  const nowMs = epochMs(world.clock.now());
  const known = remembered.get(world.ports.books) ?? new Map<string, { key: ApiKey; untilMs: number }>();
  remembered.set(world.ports.books, known);
  const entry = known.get(id);
  if (entry !== undefined && entry.untilMs > nowMs) return entry.key;
  const found = (await world.ports.books.get('apiKey', id))?.value;
  if (found !== undefined) known.set(id, { key: found, untilMs: nowMs + rememberedMs });
  return found;
};
