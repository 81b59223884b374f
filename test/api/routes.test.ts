/** The route table as a whole: who may call what, which methods an address takes, and that the documentation is of it. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { exampleOf, type Schemas } from '#functions/api/documentation/json-schema.ts';
import { openApi } from '#functions/api/documentation/openapi.ts';
import { routes } from '#functions/api/routes.ts';
import type { Scope } from '#functions/records/api-key.ts';
import { type ApiWorld, apiWorld } from './api-world.ts';

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld();
});
afterAll(() => api.close());

/** Written down a second time, by hand: a route whose scope changes, or that comes without one, fails here. */
const readable = /^GET \/v1\/(?!api-keys)/;
const scopeOf = (row: string): Scope | 'open' =>
  row === 'GET /healthz' ? 'open' : readable.test(row) ? 'read' : 'admin';

const filled = (path: string): string => path.replaceAll(/\{\w+\}/g, 'nobody_of_this_name');

describe('scopes', () => {
  it('are stated for every route', () => {
    expect(routes.map(({ method, path, scope }) => `${method} ${path} ${scope}`)).toEqual(
      routes.map(({ method, path }) => `${method} ${path} ${scopeOf(`${method} ${path}`)}`),
    );
  });

  for (const { method, path, scope } of routes) {
    it(`${method} ${path} is for ${scope}`, async () => {
      const statusFor = async (key: Scope | 'nobody') =>
        (await api.call(method, filled(path), { key, ...(method === 'GET' ? {} : { text: '[' }) })).status;
      const mayCall = (key: Scope | 'nobody') => scope === 'open' || key === 'admin' || key === scope;
      for (const key of ['nobody', 'usage:write', 'read', 'admin'] as const) {
        const status = await statusFor(key);
        if (mayCall(key)) expect([401, 403]).not.toContain(status);
        else expect(status).toBe(key === 'nobody' ? 401 : 403);
      }
    });
  }

  it('a wrong secret, a foreign pepper’s key and a malformed one are all unknown', async () => {
    const [, , id = ''] = api.keys.admin.split('_');
    for (const authorization of [
      `Bearer ch_live_${id}_${'A'.repeat(43)}`,
      'Bearer ch_live_x',
      'Basic YTpi',
      api.keys.admin,
      `Bearer ${api.keys.admin}x`,
    ]) {
      const { status, text, headers } = await api.call('GET', '/v1/meters', {
        key: 'nobody',
        headers: { authorization },
      });
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toBe('Bearer');
      expect(text).not.toContain(id);
    }
  });
});

describe('addresses', () => {
  it('that are unknown are not found, with or without a key', async () => {
    for (const path of [
      '/',
      '/v1',
      '/v1/',
      '/v1/nothing',
      '/v1/meters/',
      '/v1/meters/a/b',
      '/v2/meters',
      '/v1/customers/%2e%2e/usage/x',
    ]) {
      expect((await api.call('GET', path)).status).toBe(404);
    }
  });

  it('take the methods they take and name them otherwise', async () => {
    for (const path of new Set([...routes.map((route) => route.path), '/docs', '/openapi.json'])) {
      const allowed = routes.filter((route) => route.path === path).map(({ method }) => method as string);
      for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE', 'get']) {
        const { status, headers } = await api.call(method, filled(path));
        expect([status, headers['allow']]).toEqual([405, (allowed.length === 0 ? ['GET'] : allowed).join(', ')]);
      }
    }
  });

  it.each([
    ['GET', '/v1/events', 'POST'],
    ['PUT', '/v1/events', 'POST'],
    ['GET', '/webhooks/stripe', 'POST'],
    ['DELETE', '/pay/token', 'GET, POST'],
  ])('that are doors of the flow answer %s %s with what they take', async (method, path, allow) => {
    const { status, headers, body } = await api.call(method, path, { key: 'nobody' });
    expect([status, body.code, headers['allow']]).toEqual([405, 'method_not_allowed', allow]);
  });

  it('name in their path what their operation reads of it', () => {
    for (const { path, operation } of routes) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys((operation.params as z.ZodObject | undefined)?.shape ?? {})).toEqual(named);
    }
  });

  it('are read as the text they spell, and what no record is called is not found', async () => {
    for (const segment of ['%', '%zz', '%ff%fe', 'a'.repeat(3_000), '%00', '..', '<script>', "'--"]) {
      for (const { path } of routes.filter(({ method, path }) => method === 'GET' && path.includes('{'))) {
        const { status, text } = await api.call('GET', path.replace(/\{\w+\}/, segment));
        expect([status, text.includes('<script>')]).toEqual([404, false]);
      }
    }
  });
});

describe('documentation', () => {
  const document = openApi(routes);
  const schemas = document.components?.schemas as Schemas;

  it('is open, and says every route with its scope', async () => {
    const { status, body } = await api.call('GET', '/openapi.json', { key: 'nobody' });
    expect(status).toBe(200);
    expect(body.openapi).toBe('3.1.0');
    for (const { method, path, scope } of routes) {
      expect(body.paths[path][method.toLowerCase()]['x-scope']).toBe(scope === 'open' ? undefined : scope);
    }
    expect(body.paths['/v1/events'].post['x-scope']).toBe('usage:write');
    expect(body.components.schemas.Problem.required).toEqual(['type', 'title', 'status', 'code', 'detail']);
  });

  it('names only schemas it has', () => {
    const named = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name = '']) => name,
    );
    expect(named.filter((name) => !(name in schemas))).toEqual([]);
    expect(named.length).toBeGreaterThan(50);
  });

  for (const { method, path, operation } of routes.filter((route) => route.operation.body !== undefined)) {
    it(`shows an example of ${method} ${path} that is taken as it stands`, () => {
      const described = document.paths?.[path]?.[method.toLowerCase() as 'post'] as Body;
      const example = exampleOf(described.requestBody.content['application/json'].schema, schemas);
      expect(operation.body?.safeParse(example).error).toBeUndefined();
    });
  }

  it('is a page without script that allows none', async () => {
    const { status, headers, text } = await api.call('GET', '/docs', { key: 'nobody' });
    expect(status).toBe(200);
    const css = /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(css).digest('base64');
    expect(headers['content-security-policy']).toMatch(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(text).not.toMatch(/<script|javascript:|\son\w+=|https?:\/\//);
    for (const { path } of routes) expect(text).toContain(`<code>${path}</code>`);
    expect([...text.matchAll(/href="#([^"]+)"/g)].filter(([, id = '']) => !text.includes(`id="${id}"`))).toEqual([]);
  });
});

type Body = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- a document read by its parts
