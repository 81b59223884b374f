/** Usage so far says how many of a customer's events it leaves out, and why: nothing is missing unsaid. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { type ApiWorld, apiWorld } from './api-world.ts';
import { workLanes } from './lanes.ts';
import { acme, calls, starter, usageEvent } from './samples.ts';

let api: ApiWorld;
beforeAll(async () => {
  api = await apiWorld();
  await api.post('/v1/meters', calls);
  await api.post('/v1/plans', starter);
  await api.post('/v1/customers', acme);
  await api.post('/v1/customers', { ...acme, externalId: 'idle' });
  await api.post('/v1/subscriptions', { customer: 'acme', plan: 'starter' });
  api.moveTo(instant('2026-02-12T00:00:00.000Z'));
});
afterAll(() => api.close());

const usage = async (name = 'acme') => (await api.get(`/v1/customers/${name}/usage`)).body;

it('none while nothing is, nor of a customer without a usage plan', async () => {
  await api.world.ports.usageLog.append([usageEvent('a', '100'), usageEvent('a', '100')]);
  expect((await usage()).setAside).toEqual([]);
  expect((await usage('idle')).setAside).toEqual([]);
});

it('by reason, each body of a conflict, and none of another owner', async () => {
  await api.world.ports.usageLog.append([
    usageEvent('b', '1'),
    usageEvent('c', 'many'),
    usageEvent('d', '1', { type: 'page.viewed' }),
    usageEvent('e', '1', { type: 'page.viewed' }),
    usageEvent('f', 'many', { subject: 'sim-9' }),
  ]);
  await api.world.ports.usageLog.append([usageEvent('b', '2')]);
  expect(await usage()).toMatchObject({
    meters: [{ quantity: '100', events: 1 }],
    setAside: [
      { reason: 'bad_quantity', events: 1 },
      { reason: 'conflict', events: 2 },
      { reason: 'unknown_meter', events: 2 },
    ],
  });
});

it('of the period now running alone, with what came late for one that is billed', async () => {
  api.moveTo(instant('2026-03-10T02:00:00.000Z'));
  await api.post('/v1/billing-runs', { kind: 'nightly' });
  await workLanes(api);
  expect(await usage()).toMatchObject({ period: { n: 1 }, setAside: [] });
  api.moveTo(instant('2026-03-10T03:00:00.000Z'));
  await api.world.ports.usageLog.append([usageEvent('late', '7')]);
  expect((await usage()).setAside).toEqual([{ reason: 'period_closed', events: 1 }]);
});
