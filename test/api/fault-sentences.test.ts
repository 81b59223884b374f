/** What a developer reads of a request that is wrong: a sentence of what would be right, never a schema's own words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiWorld, apiWorld } from './api-world.ts';
import { acme, calls, starter } from './samples.ts';

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld();
});
afterAll(() => api.close());

const [fee, usage] = starter.prices;
const unit = { key: 'u', name: 'U', kind: 'usage', meter: 'api_calls', model: 'per_unit' };
const plan = (...prices: unknown[]) => ({ ...starter, prices });
const models = 'One of: fixed, per_unit, graduated, volume, package, graduated_percentage, dynamic.';
const plain = 'A plain decimal such as "0.0000025", without exponent.';

const cases: readonly [string, unknown, string, string][] = [
  ['/v1/plans', plan({ ...unit, unitPrice: 0.03 }), '/prices/0/unitPrice', 'Send a decimal as text, such as "0.03".'],
  ['/v1/plans', plan({ ...unit, unitPrice: null }), '/prices/0/unitPrice', 'Send a decimal as text, such as "0.03".'],
  ['/v1/plans', plan({ ...unit, unitPrice: '2.5e-6' }), '/prices/0/unitPrice', plain],
  ['/v1/plans', plan({ ...unit, unitPrice: '1E3' }), '/prices/0/unitPrice', plain],
  [
    '/v1/plans',
    plan({ ...unit, unitPrice: '0,03' }),
    '/prices/0/unitPrice',
    'A plain decimal of zero or more, such as "0.20", with up to 40 digits before the point and 30 after it.',
  ],
  ['/v1/plans', plan(unit), '/prices/0/unitPrice', 'This field is missing.'],
  ['/v1/plans', plan({ ...fee, kind: 'flat' }), '/prices/0/kind', 'One of: fixed, usage.'],
  ['/v1/plans', plan({ ...fee, model: 'lottery' }), '/prices/0/model', models],
  ['/v1/plans', plan('base'), '/prices/0', 'Send an object, in { }.'],
  ['/v1/plans', plan({ ...fee, name: 'x'.repeat(121) }), '/prices/0/name', 'At most 120 characters.'],
  ['/v1/plans', plan({ ...fee, name: '' }), '/prices/0/name', 'At least 1 character.'],
  ['/v1/plans', plan({ ...fee, name: 7 }), '/prices/0/name', 'Send text, in quotes.'],
  ['/v1/plans', plan({ ...usage, tiers: {} }), '/prices/0/tiers', 'Send a list, in [ ].'],
  ['/v1/plans', plan({ ...usage, tiers: [] }), '/prices/0/tiers', 'At least 1 item.'],
  [
    '/v1/plans',
    plan({ ...usage, tiers: [{ upTo: '1', unitPrice: '1' }] }),
    '/prices/0/tiers',
    'The last tier, and no other, has no upper bound.',
  ],
  [
    '/v1/plans',
    plan({ ...usage, tiers: [{ upTo: '0', unitPrice: '1' }, {}] }),
    '/prices/0/tiers/0/upTo',
    'A decimal of more than zero.',
  ],
  ['/v1/plans', plan({ ...usage, flatAtZero: 'no' }), '/prices/0/flatAtZero', 'Send true or false, without quotes.'],
  ['/v1/plans', plan(), '/prices', 'At least 1 item.'],
  ['/v1/plans', plan(...Array.from({ length: 51 }, () => fee)), '/prices', 'At most 50 items.'],
  ['/v1/plans', { ...starter, interval: 'year' }, '/interval', 'Only month is taken here.'],
  ['/v1/plans', { ...starter, currency: 'euro' }, '/currency', 'A currency is an ISO 4217 code, such as EUR.'],
  ['/v1/plans', { ...starter, currency: undefined }, '/currency', 'This field is missing.'],
  ['/v1/plans', { ...starter, colour: 'red' }, '/colour', 'There is no such field here.'],
  ['/v1/plans', [starter], '', 'Send an object, in { }.'],
  ['/v1/meters', { ...calls, aggregation: undefined }, '/aggregation', 'This field is missing.'],
  ['/v1/meters', { ...calls, aggregation: 'avg' }, '/aggregation', 'One of: count, sum, max, latest, unique_count.'],
  [
    '/v1/meters',
    { ...calls, eventType: 'api called' },
    '/eventType',
    'An event type is letters, digits and . _ : / - and begins with a letter or digit.',
  ],
  ['/v1/meters', { ...calls, filter: { region: 'eu' } }, '/filter/region', 'Send a list, in [ ].'],
  ['/v1/meters', { ...calls, filter: { ['x'.repeat(65)]: ['eu'] } }, '/filter', 'At most 64 characters.'],
  ['/v1/meters', { ...calls, filter: { region: ['x'.repeat(257)] } }, '/filter/region/0', 'At most 256 characters.'],
  ['/v1/customers', { ...acme, netTermsDays: 1.5 }, '/netTermsDays', 'Send a whole number, without quotes.'],
  ['/v1/customers', { ...acme, netTermsDays: '14' }, '/netTermsDays', 'Send a whole number, without quotes.'],
  ['/v1/customers', { ...acme, netTermsDays: 366 }, '/netTermsDays', 'At most 365.'],
  ['/v1/customers', { ...acme, netTermsDays: -1 }, '/netTermsDays', 'At least 0.'],
  ['/v1/customers', { ...acme, email: 'nobody' }, '/email', 'A mail address, such as billing@acme.example.'],
  [
    '/v1/subscriptions',
    { customer: 'acme', plan: 'starter', startsOn: '1.2.2026' },
    '/startsOn',
    'A day is YYYY-MM-DD.',
  ],
  [
    '/v1/points',
    { subject: 's', customer: null, from: 'now' },
    '/from',
    'An instant is RFC 3339, such as 2026-01-31T23:59:59Z.',
  ],
];

describe('a request that is wrong', () => {
  it.each(cases)('%s %j at %s: %s', async (path, body, pointer, detail) => {
    const before = api.writes();
    expect((await api.post(path, body)).body).toMatchObject({ code: 'invalid_request', pointer, detail });
    expect(api.writes()).toBe(before);
  });

  it.each([
    ['status=open', 'status: One of: draft, final, paid, void.'],
    ['limit=x', 'limit: A limit is a whole number from 1 to 100.'],
    ['customer=', 'customer: At least 1 character.'],
  ])('?%s: %s', async (query, detail) => {
    expect((await api.get(`/v1/invoices?${query}`)).body).toMatchObject({ code: 'invalid_request', detail });
  });
});
