/** Customers through the API: created, found and changed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiWorld, apiWorld } from './api-world.ts';
import { acme, starter } from './samples.ts';

let api: ApiWorld;
let made = 0;
/** Another external id each time. */
const fresh = (more: object = {}) => ({ ...acme, externalId: `customer-${String((made += 1))}`, ...more });
const customer = async (more: object = {}) =>
  (await api.post('/v1/customers', fresh(more))).body as { id: string; externalId: string };
const refused = (status: number, code: string, pointer?: string) => ({
  status,
  body: expect.objectContaining({ code, ...(pointer === undefined ? {} : { pointer }) }) as unknown,
});

beforeAll(async () => {
  api = await apiWorld();
  await api.post('/v1/plans', { ...starter, key: 'flat', prices: [starter.prices[0]] });
});
beforeEach(() => {
  api.sent.length = 0;
});
afterAll(() => api.close());

describe('customers', () => {
  it('are created with what is usual, read, found and listed', async () => {
    const body = { ...fresh(), address: { line1: 'Hauptstr. 1', city: 'Berlin', country: 'DE' } };
    const created = await api.post('/v1/customers', body);
    const usual = {
      billingEntity: 'default',
      netTermsDays: 14,
      payment: { state: 'none' },
      createdAt: '2026-02-10T12:00:00.000Z',
    };
    expect(created).toMatchObject({ status: 201, body: { ...body, ...usual } });
    expect(created.body.id).toMatch(/^cus_[0-9a-z]{20}$/);
    expect(created.headers['location']).toBe(`/v1/customers/${String(created.body.id)}`);
    const read = await api.get(`/v1/customers/${String(created.body.id)}`);
    expect([read.body, read.headers['etag']]).toEqual([created.body, created.headers['etag']]);
    expect((await api.get(`/v1/customers?externalId=${body.externalId}`)).body).toEqual({
      data: [created.body],
      nextCursor: null,
    });
    expect((await api.get('/v1/customers?externalId=nobody')).body.data).toEqual([]);
    expect((await api.get('/v1/customers')).body.data).toContainEqual(created.body);
    expect(api.sent).toEqual([]);
  });

  it('answer to their external id wherever they answer to their id', async () => {
    const { id, externalId } = await customer({ externalId: 'acme / Zürich' });
    const of = (name: string) => `/v1/customers/${encodeURIComponent(name)}`;
    for (const part of ['', '/usage']) {
      const [byId, byName] = [await api.get(`${of(id)}${part}`), await api.get(`${of(externalId)}${part}`)];
      expect(byName).toEqual(byId);
      expect(byName.status).toBe(200);
      expect((await api.get(`${of('nobody')}${part}`)).status).toBe(404);
    }
    const changed = await api.call('PATCH', of(externalId), { body: { name: 'By its other name' } });
    expect(changed).toMatchObject({ status: 200, body: { id, name: 'By its other name' } });
    expect((await api.get(of(id))).body).toEqual(changed.body);
    expect((await api.call('PATCH', of('nobody'), { body: {} })).status).toBe(404);
  });

  it('own usage of their id and external id from the beginning', async () => {
    const { id, externalId } = await customer();
    for (const subject of [id, externalId]) {
      expect((await api.get(`/v1/points/${subject}`)).body).toMatchObject({
        subject,
        customer: id,
        assignments: [{ from: '1970-01-01T00:00:00.000Z', customer: id }],
      });
    }
    expect(
      (await api.get(`/v1/points?customer=${externalId}`)).body.data.map(({ subject }: { subject: string }) => subject),
    ).toEqual([id, externalId].sort());
  });

  it('tell the provider’s lane of a payment method', async () => {
    const { body } = await api.post('/v1/customers', fresh({ paymentMethod: 'pm_card_visa' }));
    expect(body.payment).toEqual({ state: 'given', paymentMethod: 'pm_card_visa' });
    expect(api.sent.map(({ body: { name, data } }) => ({ name, data }))).toEqual([
      { name: 'payment_method.given', data: { customer: body.id } },
    ]);
  });

  it('keep names composed and ids as sent', async () => {
    const decomposed = 'Zürich'.normalize('NFD');
    const { body } = await api.post('/v1/customers', fresh({ externalId: decomposed, name: decomposed }));
    expect([body.name, body.externalId]).toEqual(['Zürich'.normalize('NFC'), decomposed]);
    expect((await api.get(`/v1/points/${encodeURIComponent(decomposed)}`)).body.subject).toBe(decomposed);
  });

  it('have an external id of their own, even if twenty come at once', async () => {
    const body = fresh();
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.post('/v1/customers', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    expect(await api.post('/v1/customers', body)).toMatchObject(refused(409, 'external_id_taken', '/externalId'));
  });

  it('do not take over a subject that is another’s, and do take one that is nobody’s', async () => {
    const { id } = await customer();
    await api.post('/v1/points', { subject: 'shared', customer: id });
    expect(await api.post('/v1/customers', fresh({ externalId: 'shared' }))).toMatchObject(
      refused(409, 'subject_taken', '/externalId'),
    );
    await api.post('/v1/points', { subject: 'waiting', customer: null });
    expect((await api.post('/v1/customers', fresh({ externalId: 'waiting' }))).status).toBe(201);
  });

  it.each([
    [{ currency: 'eur' }, 400, 'invalid_request', '/currency'],
    [{ timezone: '+02:00' }, 400, 'invalid_request', '/timezone'],
    [{ email: 'a@b' }, 400, 'invalid_request', '/email'],
    [{ email: 'a@b.example\r\nBcc: c@d.example' }, 400, 'invalid_request', '/email'],
    [{ name: 'a\nb' }, 400, 'invalid_request', '/name'],
    [{ name: '  ' }, 400, 'invalid_request', '/name'],
    [{ externalId: 'cus_x' }, 400, 'invalid_request', '/externalId'],
    [{ externalId: 'x'.repeat(129) }, 400, 'invalid_request', '/externalId'],
    [{ netTermsDays: -1 }, 400, 'invalid_request', '/netTermsDays'],
    [{ netTermsDays: 1.5 }, 400, 'invalid_request', '/netTermsDays'],
    [{ paymentMethod: '4242424242424242' }, 400, 'invalid_request', '/paymentMethod'],
    [{ address: { street: 'x' } }, 400, 'invalid_request', '/address/street'],
    [{ address: { country: 'Germany' } }, 400, 'invalid_request', '/address/country'],
    [{ billingEntity: 'absent' }, 422, 'unknown_billing_entity', '/billingEntity'],
    [{ id: 'cus_00000000000000000000' }, 400, 'invalid_request', '/id'],
  ])('are refused with %j', async (wrong, status, code, pointer) => {
    const before = api.writes();
    expect(await api.post('/v1/customers', fresh(wrong))).toMatchObject(refused(status, code, pointer));
    expect(api.writes()).toBe(before);
  });
});

describe('changing a customer', () => {
  const patch = (id: string, body: object, headers = {}) => api.call('PATCH', `/v1/customers/${id}`, { body, headers });

  it('changes what is named and nothing else', async () => {
    const before = await customer({ address: { city: 'Berlin' } });
    const { status, body } = await patch(before.id, {
      name: 'New',
      netTermsDays: 30,
      address: { city: 'Hamburg', country: 'DE' },
    });
    expect([status, body]).toEqual([
      200,
      { ...before, name: 'New', netTermsDays: 30, address: { city: 'Hamburg', country: 'DE' } },
    ]);
    const writes = api.writes();
    expect((await patch(before.id, { name: 'New' })).body).toEqual(body);
    expect(api.writes()).toBe(writes);
  });

  it('tells of a new payment method, and again where it is named again while it waits to be saved', async () => {
    const { id } = await customer();
    expect((await patch(id, { paymentMethod: 'pm_card_visa' })).body.payment).toEqual({
      state: 'given',
      paymentMethod: 'pm_card_visa',
    });
    await patch(id, { paymentMethod: 'pm_card_visa' });
    await patch(id, { netTermsDays: 30 });
    expect(api.sent.map(({ body }) => body.name)).toEqual(['payment_method.given', 'payment_method.given']);
  });

  it('insists on a version where asked to', async () => {
    const { id } = await customer();
    const { headers } = await api.get(`/v1/customers/${id}`);
    const first = await patch(id, { name: 'A' }, { 'if-match': headers['etag'] });
    expect(first.status).toBe(200);
    expect(await patch(id, { name: 'B' }, { 'if-match': headers['etag'] })).toMatchObject(
      refused(412, 'precondition_failed'),
    );
    expect((await patch(id, { name: 'B' }, { 'if-match': first.headers['etag'] })).status).toBe(200);
    expect((await api.get(`/v1/customers/${id}`)).body.name).toBe('B');
  });

  it('lets currency and zone stand once subscribed, and the external id always', async () => {
    const { id } = await customer();
    expect(await patch(id, { externalId: 'other' })).toMatchObject(refused(409, 'immutable_field', '/externalId'));
    expect((await patch(id, { currency: 'USD', timezone: 'UTC' })).body).toMatchObject({
      currency: 'USD',
      timezone: 'UTC',
    });
    expect((await patch(id, { currency: 'EUR' })).status).toBe(200);
    await api.post('/v1/subscriptions', { customer: id, plan: 'flat' });
    expect(await patch(id, { currency: 'USD' })).toMatchObject(refused(409, 'customer_subscribed', '/currency'));
    expect(await patch(id, { timezone: 'Europe/Paris' })).toMatchObject(
      refused(409, 'customer_subscribed', '/timezone'),
    );
    expect((await patch(id, { currency: 'EUR', name: 'Same' })).status).toBe(200);
    expect(await patch('cus_00000000000000000000', {})).toMatchObject(refused(404, 'not_found'));
  });

  it('never races a subscription into another currency', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await customer();
      const [changed, subscribed] = await Promise.all([
        patch(id, { currency: 'USD' }),
        api.post('/v1/subscriptions', { customer: id, plan: 'flat' }),
      ]);
      expect([changed.status, subscribed.status].sort()).not.toEqual([200, 201]);
      expect([200, 409]).toContain(changed.status);
      expect([201, 422]).toContain(subscribed.status);
    }
  });
});
