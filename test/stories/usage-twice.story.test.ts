import { expect } from 'vitest';
import { story } from '#test/world/story.ts';

const electricity = { key: 'electricity', eventType: 'power.used', unit: 'kWh' };
const home = {
  key: 'home',
  name: 'Home energy',
  prices: [
    { key: 'energy', name: 'Electricity', kind: 'usage', meter: 'electricity', model: 'per_unit', unitPrice: '0.20' },
  ],
};

story(
  'Usage sent twice is billed once, whenever it comes again',
  '2026-01-01T00:00:00Z',
  async ({ meter, plan, customer, until }) => {
    await meter(electricity);
    await plan(home);
    const ada = await customer('Ada', { plan: 'home' });

    const reading = { id: 'reading-1', at: '2026-01-01T00:00:00.000Z' };
    expect(await ada.uses('40', 'power.used', reading)).toMatchObject({ accepted: 1 });
    expect(await ada.uses('40', 'power.used', reading)).toMatchObject({ accepted: 1 });
    await until('2026-01-30');
    await ada.uses('40', 'power.used', reading);
    await until('2026-02-02');
    await ada.uses('40', 'power.used', reading); // after its period was billed, and still the same event
    await ada.uses('1', 'power.used');
    await until('2026-03-02');

    await ada.wasBilled(
      `
    Invoice CH-2026-000001
    Countinghouse to Ada
    Home energy, 2026-01-01 to 2026-01-31
    Electricity: 40 kWh × 0.2 = 8.00
    Total 8.00 EUR, paid
  `,
      `
    Invoice CH-2026-000002
    Countinghouse to Ada
    Home energy, 2026-02-01 to 2026-02-28
    Electricity: 1 kWh × 0.2 = 0.20
    Total 0.20 EUR, due 2026-03-15
  `,
    );
  },
);

story(
  'The same id with another body is billed by neither and shown with both',
  '2026-01-01T00:00:00Z',
  async ({ meter, plan, customer, until, api }) => {
    await meter(electricity);
    await plan(home);
    const ada = await customer('Ada', { plan: 'home' });

    await ada.uses('40', 'power.used', { id: 'reading-1' });
    await ada.uses('400', 'power.used', { id: 'reading-1' });
    await ada.uses('5', 'power.used', { id: 'reading-2' });
    await until('2026-02-02');

    await ada.wasBilled(`
    Invoice CH-2026-000001
    Countinghouse to Ada
    Home energy, 2026-01-01 to 2026-01-31
    Electricity: 5 kWh × 0.2 = 1.00
    Total 1.00 EUR, paid
  `);
    const { data } = await api.get('/v1/quarantine');
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({
      reason: 'conflict',
      events: [
        { id: 'reading-1', data: { quantity: '40' } },
        { id: 'reading-1', data: { quantity: '400' } },
      ],
    });
  },
);
