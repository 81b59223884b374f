/** Meters, plans and billing entities through the API. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pricingModels } from '#domain/pricing/index.ts';
import { type ApiWorld, apiWorld } from './api-world.ts';
import { calls, starter } from './samples.ts';

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld();
});
afterAll(() => api.close());

const refused = (status: number, code: string, pointer?: string) => ({
  status,
  body: expect.objectContaining({ code, ...(pointer === undefined ? {} : { pointer }) }) as unknown,
});

describe('meters', () => {
  it('are created, read and listed', async () => {
    expect(await api.post('/v1/meters', calls)).toMatchObject({ status: 201, body: calls });
    const filtered = { ...calls, key: 'eu_calls', filter: { region: ['eu', 'ch'] } };
    expect(await api.post('/v1/meters', filtered)).toMatchObject({ status: 201, body: filtered });
    expect(await api.get('/v1/meters/eu_calls')).toMatchObject({ status: 200, body: filtered });
    expect((await api.get('/v1/meters')).body).toEqual({ data: [calls, filtered], nextCursor: null });
  });

  it('created again as they are, are there already', async () => {
    const before = api.writes();
    expect((await api.post('/v1/meters', calls)).status).toBe(200);
    expect(await api.post('/v1/meters', { ...calls, unit: 'hit' })).toMatchObject(refused(409, 'meter_exists', '/key'));
    expect(api.writes()).toBe(before);
  });

  it('that make no sense are refused where they do not', async () => {
    const { field: _, ...noField } = calls;
    expect(await api.post('/v1/meters', noField)).toMatchObject(refused(400, 'invalid_request', '/field'));
    expect(await api.post('/v1/meters', { ...calls, aggregation: 'median' })).toMatchObject(
      refused(400, 'invalid_request', '/aggregation'),
    );
    expect(await api.post('/v1/meters', { ...calls, key: 'API' })).toMatchObject(
      refused(400, 'invalid_request', '/key'),
    );
    expect(await api.post('/v1/meters', { ...calls, colour: 'red' })).toMatchObject(
      refused(400, 'invalid_request', '/colour'),
    );
    expect((await api.post('/v1/meters', noField)).body.detail).toBe(
      'Every aggregation but count needs the field it reads.',
    );
  });
});

describe('plans', () => {
  it('are created with version 1, whose prices are flat and know their unit', async () => {
    const { status, body } = await api.post('/v1/plans', starter);
    expect([status, body.latestVersion, body.versions.length]).toEqual([201, 1, 1]);
    expect(body.versions[0]).toMatchObject({ plan: 'starter', version: 1, interval: 'month', currency: 'EUR' });
    expect(body.versions[0].prices).toEqual([
      { ...starter.prices[0], term: 'in_arrears', unit: '' },
      { ...starter.prices[1], term: 'in_arrears', unit: 'call' },
    ]);
    expect(await api.post('/v1/plans', starter)).toMatchObject(refused(409, 'plan_exists', '/key'));
  });

  it('get new versions, and the old stand', async () => {
    const before = (await api.get('/v1/plans/starter')).body.versions;
    const added = await api.post('/v1/plans/starter/versions', {
      name: 'Starter 2',
      prices: [{ ...starter.prices[0], amount: '12.00' }],
    });
    expect(added).toMatchObject({
      status: 201,
      body: { plan: 'starter', version: 2, name: 'Starter 2', currency: 'EUR' },
    });
    const { body } = await api.get('/v1/plans/starter');
    expect(body).toMatchObject({ name: 'Starter 2', latestVersion: 2 });
    expect(body.versions).toEqual([added.body, ...before]);
    expect((await api.get('/v1/plans')).body.data.map(({ key }: { key: string }) => key)).toEqual(['starter']);
    expect(await api.post('/v1/plans/absent/versions', { prices: [starter.prices[0]] })).toMatchObject(
      refused(404, 'not_found'),
    );
  });

  it('take every model with every example of its own', async () => {
    let made = 0;
    for (const [model, { examples }] of Object.entries(pricingModels)) {
      for (const { terms } of examples) {
        const words = {
          key: 'p',
          name: 'P',
          ...(model === 'fixed' ? { kind: 'fixed' } : { kind: 'usage', meter: 'api_calls' }),
        };
        const key = `m${String((made += 1))}`;
        const { status, body } = await api.post('/v1/plans', {
          key,
          name: 'M',
          currency: 'EUR',
          prices: [{ ...words, ...terms }],
        });
        expect([model, status]).toEqual([model, 201]);
        expect(body.versions[0].prices[0]).toMatchObject(terms);
      }
    }
  });

  const [fee, usage] = starter.prices;
  it.each([
    ['a meter that is not there', [{ ...usage, meter: 'absent' }], 422, 'unknown_meter', '/prices/0/meter'],
    ['an empty meter', [{ ...usage, meter: '' }], 422, 'unknown_meter', '/prices/0/meter'],
    [
      'a usage price without one',
      [{ ...fee, kind: 'usage', model: 'per_unit', amount: undefined, unitPrice: '1' }],
      400,
      'invalid_request',
      '/prices/0/meter',
    ],
    [
      'a fixed price with one',
      [fee, { ...fee, key: 'b', meter: 'api_calls' }],
      400,
      'invalid_request',
      '/prices/1/meter',
    ],
    ['a fixed price by the unit', [{ ...usage, kind: 'fixed' }], 400, 'invalid_request', '/prices/0/model'],
    [
      'a usage price that is fixed',
      [{ ...fee, kind: 'usage', meter: 'api_calls' }],
      400,
      'invalid_request',
      '/prices/0/model',
    ],
    ['a key twice', [fee, fee], 400, 'invalid_request', '/prices/1/key'],
    ['billing in advance', [{ ...fee, term: 'in_advance' }], 422, 'in_advance_not_supported', '/prices/0/term'],
    ['an unknown model', [{ ...fee, model: 'lottery' }], 400, 'invalid_request', '/prices/0/model'],
    ['another model’s term', [{ ...fee, unitPrice: '1' }], 400, 'invalid_request', '/prices/0/unitPrice'],
    ['a number for a decimal', [{ ...fee, amount: 10 }], 400, 'invalid_request', '/prices/0/amount'],
    ['an exponent', [{ ...fee, amount: '1e3' }], 400, 'invalid_request', '/prices/0/amount'],
    [
      'tiers that do not rise',
      [{ ...usage, tiers: [{ upTo: '5', unitPrice: '1' }, { upTo: '5', unitPrice: '2' }, { unitPrice: '3' }] }],
      400,
      'invalid_request',
      '/prices/0/tiers',
    ],
    ['no prices', [], 400, 'invalid_request', '/prices'],
    [
      '51 prices',
      Array.from({ length: 51 }, (_, i) => ({ ...fee, key: `k${String(i)}` })),
      400,
      'invalid_request',
      '/prices',
    ],
  ])('refuse %s', async (_, prices, status, code, pointer) => {
    const before = api.writes();
    expect(await api.post('/v1/plans', { ...starter, key: 'wrong', prices })).toMatchObject(
      refused(status, code, pointer),
    );
    expect(api.writes()).toBe(before);
  });
});

describe('billing entities', () => {
  const entity = { key: 'eu', name: 'Countinghouse EU', addressLines: ['Rue 1', '1000 Bruxelles'], numberPrefix: 'EU' };

  it('are created, listed, and not changed', async () => {
    expect(await api.post('/v1/billing-entities', entity)).toMatchObject({ status: 201, body: entity });
    expect((await api.post('/v1/billing-entities', entity)).status).toBe(200);
    expect(await api.post('/v1/billing-entities', { ...entity, name: 'X' })).toMatchObject(
      refused(409, 'billing_entity_exists'),
    );
    expect((await api.get('/v1/billing-entities')).body.data.map(({ key }: { key: string }) => key)).toEqual([
      'default',
      'eu',
    ]);
  });
});
