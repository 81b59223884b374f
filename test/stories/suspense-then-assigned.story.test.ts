import { expect } from 'vitest';
import { story } from '#test/world/story.ts';

story(
  'Usage of a SIM nobody owns waits in suspense and is billed once the SIM is assigned',
  '2026-01-01T00:00:00Z',
  async ({ meter, plan, customer, until, api }) => {
    await meter({ key: 'calls', eventType: 'call.ended', unit: 'minute' });
    await plan({
      key: 'talk',
      name: 'Talk',
      prices: [
        { key: 'minutes', name: 'Minutes', kind: 'usage', meter: 'calls', model: 'per_unit', unitPrice: '0.10' },
      ],
    });
    const ada = await customer('Ada', { plan: 'talk' });
    const sim = 'sim-8944';

    await until('2026-01-10');
    await ada.uses('30', 'call.ended', { subject: sim });
    const { data } = await api.get('/v1/quarantine?reason=suspense');
    expect(data).toMatchObject([{ reason: 'suspense', subject: sim }]);

    await until('2026-01-20');
    await api.post('/v1/points', { subject: sim, customer: ada.id, from: '2026-01-05T00:00:00Z' });
    expect((await api.get('/v1/quarantine?reason=suspense')).data).toEqual([]);
    await until('2026-02-02');

    await ada.wasBilled(`
    Invoice CH-2026-000001
    Countinghouse to Ada
    Talk, 2026-01-01 to 2026-01-31
    Minutes: 30 minute × 0.1 = 3.00
    Total 3.00 EUR, paid
  `);
  },
);

story(
  'A SIM that moves in mid-month is billed to each owner for their own days',
  '2026-01-01T00:00:00Z',
  async ({ meter, plan, customer, until, api }) => {
    await meter({ key: 'calls', eventType: 'call.ended', unit: 'minute' });
    await plan({
      key: 'talk',
      name: 'Talk',
      prices: [
        { key: 'minutes', name: 'Minutes', kind: 'usage', meter: 'calls', model: 'per_unit', unitPrice: '0.10' },
      ],
    });
    const ada = await customer('Ada', { plan: 'talk' });
    const bob = await customer('Bob', { plan: 'talk' });
    await api.post('/v1/points', { subject: 'sim-1', customer: ada.id, from: '2026-01-01T00:00:00Z' });

    await until('2026-01-25');
    await ada.uses('10', 'call.ended', { subject: 'sim-1', at: '2026-01-14T23:59:59.999Z' });
    await ada.uses('25', 'call.ended', { subject: 'sim-1', at: '2026-01-15T00:00:00.000Z' });
    await api.post('/v1/points', { subject: 'sim-1', customer: bob.id, from: '2026-01-15T00:00:00Z' }); // told ten days late
    await until('2026-02-02');

    expect((await ada.bills()).map(({ text }) => text.split('\n')[3])).toEqual(['Minutes: 10 minute × 0.1 = 1.00']);
    expect((await bob.bills()).map(({ text }) => text.split('\n')[3])).toEqual(['Minutes: 25 minute × 0.1 = 2.50']);
  },
);
