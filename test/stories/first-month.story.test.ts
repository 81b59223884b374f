import { expect } from 'vitest';
import { story } from '#test/world/story.ts';

story(
  'Ada is billed for her first month of electricity, hears of it, and pays',
  '2026-01-01T00:00:00Z',
  async ({ meter, plan, customer, until }) => {
    await meter({ key: 'electricity', eventType: 'power.used', unit: 'kWh' });
    await plan({
      key: 'home',
      name: 'Home energy',
      prices: [
        { key: 'standing', name: 'Standing charge', kind: 'fixed', model: 'fixed', amount: '13.95' },
        {
          key: 'energy',
          name: 'Electricity',
          kind: 'usage',
          meter: 'electricity',
          model: 'graduated',
          tiers: [{ upTo: '100', unitPrice: '0.20' }, { unitPrice: '0.30' }],
        },
      ],
    });
    const ada = await customer('Ada', { plan: 'home' });

    await until('2026-01-10');
    await ada.uses('120', 'power.used');
    await until('2026-01-20');
    await ada.uses('90.5', 'power.used');
    await until('2026-02-02');

    // 120 + 90.5 = 210.5 kWh: 100 × 0.20 = 20.00, 110.5 × 0.30 = 33.15; with 13.95 that is 67.10.
    await ada.wasBilled(`
    Invoice CH-2026-000001
    Countinghouse to Ada
    Home energy, 2026-01-01 to 2026-01-31
    Standing charge: 13.95
    Electricity, first 100: 100 kWh × 0.2 = 20.00
    Electricity, beyond 100: 110.5 kWh × 0.3 = 33.15
    Total 67.10 EUR, paid
  `);
    expect(await ada.heard()).toEqual(['Invoice CH-2026-000001 from Countinghouse: 67.10 EUR']);
  },
);
