/** One key, one effect, one answer: sent again, sent at once, sent with another body. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiWorld, apiWorld } from './api-world.ts';
import { acme, calls } from './samples.ts';

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld();
});
afterAll(() => api.close());

describe('idempotency keys', () => {
  const once = (key: string) => ({ 'idempotency-key': key });
  const body = (externalId: string) => ({ ...acme, externalId });

  it('replay the answer and have one effect', async () => {
    const first = await api.post('/v1/customers', body('once'), once('k1'));
    const before = api.writes();
    const second = await api.post('/v1/customers', body('once'), once('k1'));
    expect([second.status, second.text]).toEqual([first.status, first.text]);
    expect([first.headers['idempotency-replayed'], second.headers['idempotency-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    expect(api.writes()).toBe(before);
  });

  it('with another body are refused', async () => {
    expect(await api.post('/v1/customers', body('twice'), once('k1'))).toMatchObject({
      status: 409,
      body: { code: 'idempotency_key_reused' },
    });
  });

  it('are of one address and one API key', async () => {
    expect((await api.post('/v1/meters', { ...calls, key: 'other' }, once('k1'))).status).toBe(201);
    const { body: made } = await api.post('/v1/api-keys', { name: 'second', scopes: ['admin'] });
    const second = { authorization: `Bearer ${String(made.key)}`, ...once('k1') };
    expect(
      (await api.call('POST', '/v1/customers', { key: 'nobody', body: body('of another'), headers: second })).status,
    ).toBe(201);
  });

  it('sent twenty times at once have one effect and one answer', async () => {
    api.sent.length = 0;
    const sent = { ...body('race'), paymentMethod: 'pm_card_visa' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.post('/v1/customers', sent, once('race'))));
    expect(new Set(answers.map(({ status, text }) => `${String(status)} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1);
    expect(api.sent).toHaveLength(1);
  });

  it('do not keep a refusal', async () => {
    const wanted = { ...body('later'), billingEntity: 'later' };
    expect((await api.post('/v1/customers', wanted, once('k2'))).status).toBe(422);
    await api.post('/v1/billing-entities', { key: 'later', name: 'Later', addressLines: [], numberPrefix: 'LA' });
    expect((await api.post('/v1/customers', wanted, once('k2'))).status).toBe(201);
  });

  it('ask for a run once', async () => {
    api.sent.length = 0;
    for (let i = 0; i < 3; i += 1) await api.post('/v1/billing-runs', { kind: 'nightly' }, once('run'));
    expect(api.sent).toHaveLength(1);
  });

  it.each(['', ' ', 'ü', 'a b', 'x'.repeat(256)])('that are none are refused (%#)', async (key) => {
    expect(await api.post('/v1/customers', body('never'), once(key))).toMatchObject({
      status: 400,
      body: { code: 'invalid_idempotency_key' },
    });
  });

  it('may be 255 characters long', async () => {
    expect((await api.post('/v1/customers', body('long'), once('~'.repeat(255)))).status).toBe(201);
  });
});
