/** API keys: made, listed and revoked. A key is shown once, when it is made; a revoked one stops within a minute. */
import * as z from 'zod';
import { isRefusal } from '#domain/refusal.ts';
import { apiKeyBody, apiKeyView, newApiKeyView } from '#events/api/operations.ts';
import { pageOf, pageOnly } from '#events/api/page.ts';
import { change, create } from '../../handle.ts';
import type { ApiKey } from '../../records/api-key.ts';
import { absent } from '../absent.ts';
import { operation } from '../operation.ts';
import { idIn, indexPage } from '../pages.ts';
import { newApiKey } from './new-api-key.ts';

export const createApiKey = operation({
  body: apiKeyBody,
  answers: newApiKeyView,
  successes: [201],
  handle: async ({ body }, { ids, apiKeyPepper, now }) => {
    const { key, record } = newApiKey({ ...body, pepper: apiKeyPepper, now, random: (bytes) => ids.secret(bytes) });
    const shown = view(record);
    return {
      status: 201,
      body: { ...shown, key },
      bodyReplayed: { ...shown, key: null },
      write: [create('apiKey', record)],
    };
  },
});

export const listApiKeys = operation({
  query: pageOnly,
  answers: pageOf(apiKeyView),
  successes: [200],
  handle: async (request, { books }) => {
    const page = await indexPage(books, 'apiKey', request);
    if (isRefusal(page)) return page;
    const keys = await books.getAll('apiKey', page.sorts.map(idIn));
    return { status: 200, body: { data: keys.map(({ value }) => view(value)), nextCursor: page.nextCursor } };
  },
});

export const revokeApiKey = operation({
  params: z.strictObject({ id: z.string().regex(/^[0-9a-z]{16}$/) }),
  answers: apiKeyView,
  successes: [200],
  handle: async ({ params: { id } }, { books, now }) => {
    const key = await books.get('apiKey', id);
    if (key === undefined) return absent;
    if (key.value.revokedAt !== null) return { status: 200, body: view(key.value) };
    const revoked = { ...key.value, revokedAt: now };
    return { status: 200, body: view(revoked), write: [change(key, revoked)] };
  },
});

const view = ({ hash: _, scopes, ...key }: ApiKey): z.input<typeof apiKeyView> => ({ ...key, scopes: [...scopes] });
