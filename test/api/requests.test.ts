/** What holds for every request: bodies, cursors, API keys, the test clock, failures. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Outage } from '#domain/outage.ts';
import { instant } from '#domain/time/instant.ts';
import { apiHandler } from '#functions/api/api-handler.ts';
import { type ApiWorld, apiWorld, type Sent } from './api-world.ts';
import { acme, calls } from './samples.ts';

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld();
});
afterAll(() => api.close());

describe('bodies', () => {
  const good = JSON.stringify(calls);
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  const cases: readonly [string, Sent, number, string][] = [
    ['no body', {}, 415, 'unsupported_media_type'],
    ['an empty one', { text: '' }, 400, 'malformed_json'],
    ['text', { text: 'hello' }, 400, 'malformed_json'],
    ['two values', { text: `${good} {}` }, 400, 'malformed_json'],
    ['an open one', { text: good.slice(0, -1) }, 400, 'malformed_json'],
    ['a key twice', { text: good.replace('{', '{"key":"x",') }, 400, 'repeated_key'],
    ['__proto__', { text: good.replace('{', '{"__proto__":{"key":"x"},') }, 400, 'reserved_name'],
    ['constructor, deep', { text: good.replace('{', '{"filter":{"constructor":["x"]},') }, 400, 'reserved_name'],
    ['half a pair', { text: good.replace('"call"', '"\\ud800"') }, 400, 'malformed_text'],
    ['half a pair in a key', { text: good.replace('{', '{"\\udfff":1,') }, 400, 'malformed_text'],
    ['bytes that are not UTF-8', { bytes: Buffer.from([0x7b, 0xff, 0x7d]) }, 400, 'malformed_text'],
    ['10,000 deep', { text: deep }, 400, 'malformed_json'],
    ['10 MB', { text: JSON.stringify('x'.repeat(10 * 1024 * 1024)) }, 413, 'body_too_large'],
    ['another type', { text: good, headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
    [
      'a form',
      { text: 'key=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupported_media_type',
    ],
    [
      'another charset',
      { text: good, headers: { 'content-type': 'application/json; charset=utf-16' } },
      415,
      'unsupported_media_type',
    ],
    ['gzip', { text: good, headers: { 'content-encoding': 'gzip' } }, 415, 'unsupported_media_type'],
    ['null', { text: 'null' }, 400, 'invalid_request'],
    ['a list', { text: `[${good}]` }, 400, 'invalid_request'],
    ['a number too great for one', { text: good.replace('"call"', '1e400') }, 400, 'invalid_request'],
  ];

  it.each(cases)('of %s are refused', async (_, sent, status, code) => {
    const before = api.writes();
    const answer = await api.call('POST', '/v1/meters', sent);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(api.writes()).toBe(before);
  });

  it('with a charset that is UTF-8, blanks or a BOM-less multibyte text are taken', async () => {
    const text = `\n ${JSON.stringify({ ...calls, unit: '呼出' })}\n`;
    expect(
      (await api.call('POST', '/v1/meters', { text, headers: { 'content-type': 'application/json; charset=UTF-8' } }))
        .status,
    ).toBe(201);
  });

  it('never echo a value', async () => {
    const { text } = await api.post('/v1/customers', { ...acme, currency: 'sk_live_secret', email: 'sk_live_secret' });
    expect(text).not.toContain('sk_live_secret');
  });

  it('of the worst that fits are stored with their idempotency record', async () => {
    const filter = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`f${String(i)}`, Array.from({ length: 19 }, () => '\\"'.repeat(128))]),
    );
    const body = { ...calls, key: 'worst', filter };
    expect(JSON.stringify(body).length).toBeGreaterThan(110_000);
    expect((await api.post('/v1/meters', body, { 'idempotency-key': 'worst' })).status).toBe(201);
    expect((await api.post('/v1/meters', body, { 'idempotency-key': 'worst' })).headers['idempotency-replayed']).toBe(
      'true',
    );
  });
});

describe('queries', () => {
  it.each([
    ['/v1/invoices?customer=nobody', 422, 'unknown_customer', 'customer'],
    ['/v1/points?customer=nobody', 422, 'unknown_customer', 'customer'],
    ['/v1/subscriptions?customer=nobody', 422, 'unknown_customer', 'customer'],
    ['/v1/invoices?status=open', 400, 'invalid_request', 'status'],
    ['/v1/customers?limit=0', 400, 'invalid_request', 'limit'],
    ['/v1/customers?color=red', 400, 'invalid_request', undefined],
  ])('name the parameter that is wrong: %s', async (address, status, code, parameter) => {
    const { body } = await api.get(address);
    expect([body.status, body.code, body.parameter, body.pointer]).toEqual([status, code, parameter, undefined]);
  });

  it.each([
    ['limit', '0'],
    ['limit', '101'],
    ['limit', '1e1'],
    ['limit', '-1'],
    ['limit', ''],
    ['color', 'red'],
    ['cursor', 'x'],
    ['cursor', ''],
    ['cursor', 'A'.repeat(2_001)],
  ])('with a wrong %s are refused (%#)', async (name, value) => {
    const query = `${name}=${value}`;
    const { status, body } = await api.get(`/v1/customers?${query}`);
    expect([status, ['invalid_request', 'invalid_cursor'].includes(body.code as string)]).toEqual([400, true]);
  });
});

describe('cursors', () => {
  it('lead through a list without gap or repeat, and to its end', async () => {
    for (let i = 0; i < 7; i += 1) await api.post('/v1/customers', { ...acme, externalId: `page-${String(i)}` });
    const whole = (await api.get('/v1/customers?limit=100')).body.data as { id: string }[];
    const seen: { id: string }[] = [];
    for (let next = ''; ;) {
      const { body } = await api.get(`/v1/customers?limit=3${next}`);
      seen.push(...(body.data as { id: string }[]));
      if (body.nextCursor === null) break;
      next = `&cursor=${encodeURIComponent(String(body.nextCursor))}`;
    }
    expect(seen).toEqual(whole);
    expect(whole.map(({ id }) => id)).toEqual(
      whole
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
  });

  it('hold for their list and query alone, and unchanged', async () => {
    const cursor = String((await api.get('/v1/customers?limit=1')).body.nextCursor);
    expect((await api.get(`/v1/customers?limit=2&cursor=${cursor}`)).status).toBe(200);
    const changed = cursor.slice(0, -1) + (cursor.endsWith('A') ? 'B' : 'A');
    for (const address of [
      `/v1/meters?cursor=${cursor}`,
      `/v1/points?customer=page-0&cursor=${cursor}`,
      `/v1/customers?cursor=${changed}`,
      `/v1/customers?cursor=${cursor}A`,
    ]) {
      expect(await api.get(address)).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
    }
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('pepper');
  });
});

describe('API keys', () => {
  it('are shown once, work, are listed without their secret, and stop when revoked', async () => {
    const { body: made } = await api.post(
      '/v1/api-keys',
      { name: 'gateway', scopes: ['read'] },
      { 'idempotency-key': 'key' },
    );
    expect(made.key).toMatch(/^ch_live_[0-9a-z]{16}_[0-9A-Za-z_-]{43}$/);
    const secret = (made.key as string).slice(-43);
    const replay = await api.post('/v1/api-keys', { name: 'gateway', scopes: ['read'] }, { 'idempotency-key': 'key' });
    expect(replay.body).toEqual({ ...made, key: null });
    const listed = await api.get('/v1/api-keys');
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toContain(made.id);
    expect(listed.text).not.toMatch(new RegExp(`${secret}|hash`));
    const use = () =>
      api.call('GET', '/v1/meters', { key: 'nobody', headers: { authorization: `Bearer ${String(made.key)}` } });
    expect((await use()).status).toBe(200);

    const revoked = await api.call('POST', `/v1/api-keys/${String(made.id)}/revoke`);
    expect(revoked).toMatchObject({ status: 200, body: { revokedAt: '2026-02-10T12:00:00.000Z' } });
    expect((await api.post(`/v1/api-keys/${String(made.id)}/revoke`, {})).body).toEqual(revoked.body);
    expect((await api.post(`/v1/api-keys/${String(made.id)}/revoke`, { now: true })).status).toBe(400);
    api.moveTo(instant('2026-02-10T12:01:00.000Z'));
    expect((await use()).status).toBe(401);
    expect((await api.call('POST', '/v1/api-keys/0000000000000000/revoke')).status).toBe(404);
  });
});

describe('the test clock', () => {
  it('goes forward only, and a year at a time', async () => {
    const { now } = (await api.get('/v1/test-clock')).body as { now: string };
    expect(await api.post('/v1/test-clock', { advanceTo: '2026-02-10T00:00:00Z' })).toMatchObject({
      status: 409,
      body: { code: 'clock_goes_forward' },
    });
    expect((await api.post('/v1/test-clock', { advanceTo: '2028-01-01T00:00:00Z' })).status).toBe(400);
    expect((await api.get('/v1/test-clock')).body).toEqual({ now });
    expect((await api.post('/v1/test-clock', { advanceTo: '2026-02-11T00:00:00Z' })).body).toMatchObject({
      now: '2026-02-11T00:00:00.000Z',
    });
  });

  it('is not there in production', async () => {
    const handle = apiHandler(() => api.world);
    const event = {
      rawPath: '/v1/test-clock',
      headers: {},
      requestContext: { http: { method: 'GET' } },
      isBase64Encoded: false,
    };
    expect((await handle(event as never)).statusCode).toBe(404);
  });
});

describe('failures of ours', () => {
  const failing = async (error: Error) => {
    const books = new Proxy(api.world.ports.books, { get: () => () => Promise.reject(error) });
    const ports = new Proxy(api.world.ports, {
      get: (all, name) => (name === 'books' ? books : (all[name as 'ids'] as unknown)),
    });
    const handle = apiHandler(() => ({ ...api.world, ports }));
    const headers = { authorization: `Bearer ${api.keys.read}` };
    return handle({
      rawPath: '/v1/meters',
      headers,
      requestContext: { http: { method: 'GET' } },
      isBase64Encoded: false,
    } as never);
  };

  it('ask to come again where the store is out, and say no more than that', async () => {
    const answer = await failing(new Outage('table books-7f is throttled'));
    expect([answer.statusCode, answer.headers?.['retry-after'], answer.body?.includes('books-7f')]).toEqual([
      503,
      '2',
      false,
    ]);
  });

  it('own up to a bug, and log it', async () => {
    const answer = await failing(new Error('stack with sk_live_secret'));
    expect([answer.statusCode, answer.body?.includes('sk_live')]).toEqual([500, false]);
    expect(api.logged.at(-1)).toMatchObject({ route: 'GET /v1/meters', outcome: 'failed' });
  });
});

describe('answers', () => {
  it('are never cached nor guessed at, and health is open', async () => {
    for (const { headers } of [
      await api.call('GET', '/healthz', { key: 'nobody' }),
      await api.get('/v1/meters'),
      await api.get('/nothing'),
      await api.get('/docs'),
    ]) {
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    }
    expect((await api.call('GET', '/healthz', { key: 'nobody' })).body).toEqual({ ok: true });
  });
});
