import { expect } from 'vitest';
import { story } from '#test/world/story.ts';

story(
  'A bill below nothing is not made, says why, and keeps no other bill waiting',
  '2026-01-01T00:00:00Z',
  async ({ meter, plan, customer, until, api }) => {
    await meter({ key: 'feed_in', eventType: 'power.fed', unit: 'kWh' });
    await plan({
      key: 'solar',
      name: 'Solar',
      prices: [
        {
          key: 'fed',
          name: 'Fed in',
          kind: 'usage',
          meter: 'feed_in',
          model: 'per_unit',
          unitPrice: '0.10',
          negative: 'credit',
        },
      ],
    });
    await plan({
      key: 'basic',
      name: 'Basic',
      prices: [{ key: 'fee', name: 'Monthly fee', kind: 'fixed', model: 'fixed', amount: '20.00' }],
    });
    const sunny = await customer('Sunny', { plan: 'solar' });
    const ada = await customer('Ada', { plan: 'basic' });
    await sunny.uses('-50', 'power.fed');

    await until('2026-02-02');
    expect([await sunny.statuses(), await ada.statuses()]).toEqual([[], ['paid']]);
    const run = await api.get('/v1/billing-runs/run_2026-02-01');
    expect(run).toMatchObject({ counts: { expected: 2, invoiced: 1, failed: 1 } });
    expect(JSON.stringify(run)).toContain('The bill comes to -5.00 EUR, less than nothing.');
  },
);
