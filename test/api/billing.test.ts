/** A month through the API: usage so far, what is in quarantine, the night, the invoice and why it is what it is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { type ApiWorld, apiWorld, type Body } from './api-world.ts';
import { acme, calls, starter, usageEvent } from './samples.ts';
import { workLanes } from './lanes.ts';

let api: ApiWorld;
let customer: { id: string };
let subscription: { id: string };

const entriesOf = (body: Body) =>
  body.data.map(({ reason, subject, run, count }: Body) => ({ reason, subject, run, count }));

beforeAll(async () => {
  api = await apiWorld();
  await api.post('/v1/meters', calls);
  await api.post('/v1/plans', starter);
  customer = (await api.post('/v1/customers', acme)).body as { id: string };
  subscription = (await api.post('/v1/subscriptions', { customer: 'acme', plan: 'starter' })).body as { id: string };
  api.moveTo(instant('2026-02-12T00:00:00.000Z'));
});
afterAll(() => api.close());

describe('before the night', () => {
  it('usage so far is none, and then priced as the bill will be', async () => {
    const before = await api.get(`/v1/customers/${customer.id}/usage`);
    expect(before.body).toMatchObject({
      subscription: subscription.id,
      meters: [],
      lines: [{ price: 'base' }],
      total: { amount: '10.00', currency: 'EUR' },
    });

    await api.world.ports.usageLog.append([usageEvent('a', '100'), usageEvent('b', '10.5'), usageEvent('a', '100')]);
    const { body } = await api.get(`/v1/customers/${customer.id}/usage`);
    expect(body).toMatchObject({
      plan: { key: 'starter', version: 1 },
      period: { n: 0, fromOn: '2026-02-10' },
      asOf: '2026-02-12T00:00:00.000Z',
    });
    expect(body.meters).toEqual([{ meter: 'api_calls', unit: 'call', quantity: '110.5', events: 2 }]);
    // 10.00 + 100 × 0.20 + 10.5 × 0.105 = 1.1025 → 1.10
    expect(body.total).toEqual({ amount: '31.10', currency: 'EUR' });
    expect(body.lines.map(({ price, quantity, amount }: Body) => [price, quantity, amount.amount])).toEqual([
      ['base', '1', '10.00'],
      ['calls', '100', '20.00'],
      ['calls', '10.5', '1.10'],
    ]);
  });

  it('of a customer without a usage plan there is nothing to say', async () => {
    const { body } = await api.post('/v1/customers', { ...acme, externalId: 'idle', currency: 'JPY' });
    expect((await api.get(`/v1/customers/${String(body.id)}/usage`)).body).toMatchObject({
      subscription: null,
      meters: [],
      total: { amount: '0', currency: 'JPY' },
    });
  });

  it('the quarantine shows what no run has judged, by reason and subject', async () => {
    expect((await api.get('/v1/quarantine')).body).toMatchObject({
      data: [],
      live: { complete: true, inspected: 3, groups: 0 },
    });
    await api.world.ports.usageLog.append([
      usageEvent('c', '1'),
      usageEvent('d', 'many'),
      usageEvent('e', '1', { type: 'page.viewed' }),
      usageEvent('f', '1', { subject: 'sim-9' }),
      usageEvent('g', '2', { subject: 'sim-9', time: instant('2026-02-11T10:00:00.000Z') }),
    ]);
    await api.world.ports.usageLog.append([usageEvent('c', '2')]);
    const { body } = await api.get('/v1/quarantine');
    expect(entriesOf(body)).toEqual([
      { reason: 'conflict', subject: 'acme', run: null, count: 2 },
      { reason: 'suspense', subject: 'sim-9', run: null, count: 2 },
      { reason: 'bad_quantity', subject: 'acme', run: null, count: 1 },
      { reason: 'unknown_meter', subject: 'acme', run: null, count: 1 },
    ]);
    expect(body.data[0].events.map(({ id, data }: Body) => [id, data.quantity])).toEqual([
      ['c', '1'],
      ['c', '2'],
    ]);
    expect(body.data[1]).toMatchObject({ firstAt: '2026-02-11T09:00:00.000Z', lastAt: '2026-02-11T10:00:00.000Z' });
    expect(entriesOf((await api.get('/v1/quarantine?reason=suspense')).body)).toHaveLength(1);
    expect(entriesOf((await api.get('/v1/quarantine?subject=sim-9')).body)).toHaveLength(1);
    expect((await api.get('/v1/quarantine?limit=1')).body).toMatchObject({ data: { length: 1 }, live: { groups: 4 } });
    expect((await api.get('/v1/quarantine?reason=boredom')).status).toBe(400);
  });

  it('what is assigned leaves suspense', async () => {
    await api.post('/v1/points', { subject: 'sim-9', customer: 'acme', from: '2026-01-01T00:00:00Z' });
    expect((await api.get('/v1/quarantine?reason=suspense')).body.data).toEqual([]);
    expect((await api.get(`/v1/customers/${customer.id}/usage`)).body.meters[0].quantity).toBe('113.5');
  });
});

describe('the night', () => {
  let preview: Body;
  let invoice: Body;

  beforeAll(async () => {
    api.moveTo(instant('2026-03-10T00:30:00.000Z'));
    preview = (await api.get(`/v1/customers/${customer.id}/usage`)).body;
    api.moveTo(instant('2026-03-10T02:00:00.000Z'));
    api.sent.length = 0;
    expect(await api.post('/v1/billing-runs', { kind: 'nightly' })).toMatchObject({
      status: 202,
      body: { state: 'requested' },
    });
    expect((await api.post('/v1/billing-runs', { kind: 'nightly' })).status).toBe(202);
    expect(api.sent.map(({ body }) => body.name)).toContain('run.requested');
    await workLanes(api);
  });

  it('is shown with counts that add up', async () => {
    const { body } = await api.get('/v1/billing-runs/run_2026-03-10');
    expect(body).toMatchObject({
      night: '2026-03-10',
      state: 'closed',
      counts: { expected: 1, invoiced: 1, nothingToBill: 0, parked: 0, failed: 0, waiting: 0 },
      exceptions: [],
    });
    expect(body.usage).toMatchObject({ distinct: 8, repeats: 1, rated: 4, quarantined: 4 });
    expect(body.ranges).toMatchObject([{ range: 0, rated: true, billed: true, numbered: true }]);
    const { data } = (await api.get('/v1/billing-runs')).body;
    expect(data[0]).toMatchObject({ id: 'run_2026-03-10', counts: body.counts });
    expect((await api.get('/v1/billing-runs/run_1999-01-01')).status).toBe(404);
  });

  it('makes the invoice that was previewed', async () => {
    const { data } = (await api.get('/v1/invoices')).body;
    expect(data).toMatchObject([
      {
        id: subscription.id.replace('sub', 'inv') + '_0',
        number: 'CH-2026-000001',
        status: 'final',
        customer: customer.id,
        issuedOn: '2026-03-10',
        dueOn: '2026-03-24',
      },
    ]);
    invoice = (await api.get(`/v1/invoices/${String(data[0].id)}`)).body;
    expect(invoice.total).toEqual(preview.total);
    expect(
      invoice.lines.map(({ price, name, quantity, unit, unitPrice, amount }: Body) => ({
        price,
        name,
        quantity,
        unit,
        unitPrice,
        amount,
      })),
    ).toEqual(preview.lines);
    expect(invoice).toMatchObject({
      billTo: { name: 'ACME GmbH' },
      issuer: { key: 'default' },
      payments: [],
      collection: { state: 'no_method', nextAttemptOn: '2026-03-10' },
      netTermsDays: 14,
    });
  });

  it('is explained line by line, and rated again comes out the same', async () => {
    const { body } = await api.get(`/v1/invoices/${String(invoice.id)}/trace`);
    expect(body).toMatchObject({
      run: 'run_2026-03-10',
      plan: { key: 'starter', version: 1 },
      ledgerTx: 'final-default#invoice#2026-000000001',
    });
    expect(
      body.lines.map(({ arithmetic, meteredQuantity, tier, reproduced }: Body) => [
        arithmetic,
        meteredQuantity,
        tier,
        reproduced,
      ]),
    ).toEqual([
      ['1 × 10 = 10, half_up to 10.00 EUR', null, null, true],
      ['100 call × 0.2 = 20, half_up to 20.00 EUR', '113.5', 1, true],
      ['13.5 call × 0.105 = 1.4175, half_up to 1.42 EUR', '113.5', 2, true],
    ]);
    expect(body.lines[2]).toMatchObject({
      roundingDifference: '0.0025',
      terms: { model: 'graduated' },
      usage: { meter: 'api_calls', events: 4 },
    });
    for (const hash of [body.inputHash, body.bodyHash, body.contentHash]) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is found by customer and status', async () => {
    const count = async (query: string) => (await api.get(`/v1/invoices?${query}`)).body.data.length as number;
    expect(
      await Promise.all(
        [
          'customer=acme',
          `customer=${customer.id}&status=final`,
          'status=final',
          'status=draft',
          'customer=idle',
          'customer=acme&status=paid',
        ].map(count),
      ),
    ).toEqual([1, 1, 1, 0, 0, 0]);
    expect((await api.get('/v1/invoices?customer=nobody')).status).toBe(422);
  });

  it('is printed', async () => {
    const { status, headers, text } = await api.get(`/v1/invoices/${String(invoice.id)}/pdf`);
    expect([status, headers['content-type'], headers['content-disposition']]).toEqual([
      200,
      'application/pdf',
      'inline; filename="CH-2026-000001.pdf"',
    ]);
    expect(text.startsWith('%PDF-')).toBe(true);
    for (const part of ['', '/pdf', '/trace'])
      expect((await api.get(`/v1/invoices/inv_00000000000000000000_1_0${part}`)).status).toBe(404);
  });

  it('set aside what it could not rate, each with its reason, and the live look says nothing twice', async () => {
    const { body } = await api.get('/v1/quarantine');
    expect(entriesOf(body)).toEqual([
      { reason: 'conflict', subject: 'acme', run: 'run_2026-03-10', count: 2 },
      { reason: 'bad_quantity', subject: 'acme', run: 'run_2026-03-10', count: 1 },
      { reason: 'unknown_meter', subject: 'acme', run: 'run_2026-03-10', count: 1 },
    ]);
    expect(body.live.groups).toBe(0);
    const pages = [];
    for (let next = ''; ;) {
      const page = (await api.get(`/v1/quarantine?limit=1${next}`)).body;
      pages.push(...page.data);
      if (page.nextCursor === null) break;
      next = `&cursor=${String(page.nextCursor)}`;
    }
    expect(pages).toEqual(body.data);
  });

  it('usage that comes after its period was billed waits as late', async () => {
    api.moveTo(instant('2026-03-10T03:00:00.000Z'));
    await api.world.ports.usageLog.append([usageEvent('late', '7')]);
    expect(entriesOf((await api.get('/v1/quarantine?reason=period_closed')).body)).toEqual([
      { reason: 'period_closed', subject: 'acme', run: null, count: 1 },
    ]);
  });
});
