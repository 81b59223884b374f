/** Usage points and subscriptions through the API: whose usage it is, and on which plan. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { type ApiWorld, apiWorld } from './api-world.ts';
import { acme, calls, starter } from './samples.ts';

let api: ApiWorld;
let made = 0;
/** Another external id each time. */
const customer = async () =>
  (await api.post('/v1/customers', { ...acme, externalId: `customer-${String((made += 1))}` })).body as {
    id: string;
    externalId: string;
  };
const refused = (status: number, code: string, pointer?: string) => ({
  status,
  body: expect.objectContaining({ code, ...(pointer === undefined ? {} : { pointer }) }) as unknown,
});

beforeAll(async () => {
  api = await apiWorld();
  await api.post('/v1/meters', calls);
  await api.post('/v1/plans', starter);
  await api.post('/v1/plans', { ...starter, key: 'flat', prices: [starter.prices[0]] });
  await api.post('/v1/plans', { ...starter, key: 'dollars', currency: 'USD' });
});
afterAll(() => api.close());

describe('points', () => {
  it('are assigned from a time on, back-dated too, and given back', async () => {
    const [ada, bob] = [await customer(), await customer()];
    const assign = (body: object) => api.post('/v1/points', { subject: 'sim-1', ...body });
    await assign({ customer: ada.externalId, from: '2026-01-05T00:00:00+01:00' });
    await assign({ customer: bob.id });
    const { body } = await assign({ customer: null, from: '2026-01-20T00:00:00Z' });
    expect(body).toEqual({
      subject: 'sim-1',
      customer: bob.id,
      assignments: [
        { from: '2026-01-04T23:00:00.000Z', customer: ada.id, recordedAt: '2026-02-10T12:00:00.000Z' },
        { from: '2026-01-20T00:00:00.000Z', customer: null, recordedAt: '2026-02-10T12:00:00.000Z' },
        { from: '2026-02-10T12:00:00.000Z', customer: bob.id, recordedAt: '2026-02-10T12:00:00.000Z' },
      ],
    });
    expect((await api.get('/v1/points/sim-1')).body).toEqual(body);
    expect((await api.get('/v1/points')).body.data).toContainEqual(body);
    for (const { id } of [ada, bob])
      expect((await api.get(`/v1/points?customer=${id}`)).body.data).toContainEqual(body);
    const writes = api.writes();
    expect((await assign({ customer: bob.id, from: '2026-02-10T12:00:00Z' })).body).toEqual(body);
    expect(api.writes()).toBe(writes);
  });

  it('at one instant are of the last who was named, and every one of many at once counts', async () => {
    const owners = await Promise.all(Array.from({ length: 4 }, () => customer()));
    const answers = await Promise.all(
      owners.map(({ id }, i) =>
        api.post('/v1/points', { subject: 'busy', customer: id, from: `2026-01-0${String(i + 1)}T00:00:00Z` }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await api.get('/v1/points/busy')).body.assignments).toHaveLength(4);
    await api.post('/v1/points', { subject: 'busy', customer: null, from: '2026-01-04T00:00:00Z' });
    expect((await api.get('/v1/points/busy')).body).toMatchObject({ customer: null, assignments: { length: 5 } });
  });

  it('keep customers’ own ids apart', async () => {
    const [ada, bob] = [await customer(), await customer()];
    expect(await api.post('/v1/points', { subject: ada.id, customer: bob.id })).toMatchObject(
      refused(409, 'subject_reserved', '/subject'),
    );
    expect(await api.post('/v1/points', { subject: ada.id, customer: null })).toMatchObject(
      refused(409, 'subject_reserved'),
    );
    expect(await api.post('/v1/points', { subject: 's', customer: 'nobody' })).toMatchObject(
      refused(422, 'unknown_customer', '/customer'),
    );
    expect(await api.post('/v1/points', { subject: 's', customer: bob.id, from: 'yesterday' })).toMatchObject(
      refused(400, 'invalid_request', '/from'),
    );
  });
});

describe('subscriptions', () => {
  it('start today in the customer’s zone on the latest version', async () => {
    api.moveTo(instant('2026-02-10T23:30:00.000Z'));
    const { id, externalId } = await customer();
    const { status, body } = await api.post('/v1/subscriptions', { customer: externalId, plan: 'starter' });
    api.moveTo(instant('2026-02-10T12:00:00.000Z'));
    expect([status, body]).toMatchObject([
      201,
      {
        id: `${id.replace('cus', 'sub')}_1`,
        customer: id,
        plan: 'starter',
        planVersion: 1,
        startsOn: '2026-02-11',
        state: 'active',
      },
    ]);
    expect(body.currentPeriod).toEqual({
      n: 0,
      fromOn: '2026-02-11',
      untilOn: '2026-03-11',
      from: '2026-02-10T23:00:00.000Z',
      until: '2026-03-10T23:00:00.000Z',
    });
    expect((await api.get(`/v1/subscriptions/${String(body.id)}`)).body).toEqual(body);
    expect((await api.get(`/v1/subscriptions?customer=${id}`)).body.data).toEqual([body]);
    expect((await api.get('/v1/subscriptions')).body.data).toContainEqual(body);
  });

  it('that price usage are one a customer, however many come at once; others are as many as wanted', async () => {
    const { id } = await customer();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.post('/v1/subscriptions', { customer: id, plan: 'starter' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('usage_subscription_exists');
    expect((await api.post('/v1/subscriptions', { customer: id, plan: 'flat' })).body.id).toMatch(/_2$/);
    expect((await api.get(`/v1/subscriptions?customer=${id}`)).body.data).toHaveLength(2);
  });

  it.each([
    [{ plan: 'dollars' }, 422, 'currency_mismatch', '/plan'],
    [{ plan: 'absent' }, 422, 'unknown_plan', '/plan'],
    [{ planVersion: 9 }, 422, 'unknown_plan', '/planVersion'],
    [{ planVersion: 0 }, 400, 'invalid_request', '/planVersion'],
    [{ customer: 'nobody' }, 422, 'unknown_customer', '/customer'],
    [{ startsOn: '2025-02-08' }, 422, 'starts_out_of_range', '/startsOn'],
    [{ startsOn: '2027-02-12' }, 422, 'starts_out_of_range', '/startsOn'],
    [{ startsOn: '2026-02-30' }, 400, 'invalid_request', '/startsOn'],
  ])('are refused with %j', async (wrong, status, code, pointer) => {
    const { id } = await customer();
    const before = api.writes();
    expect(await api.post('/v1/subscriptions', { customer: id, plan: 'starter', ...wrong })).toMatchObject(
      refused(status, code, pointer),
    );
    expect(api.writes()).toBe(before);
  });

  it('may start a year ago or in a year', async () => {
    for (const startsOn of ['2025-02-09', '2027-02-11']) {
      const { id } = await customer();
      expect((await api.post('/v1/subscriptions', { customer: id, plan: 'starter', startsOn })).body).toMatchObject({
        startsOn,
        currentPeriod: { n: 0, fromOn: startsOn },
      });
    }
  });
});
