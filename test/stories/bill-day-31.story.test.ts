import { expect } from 'vitest';
import { story } from '#test/world/story.ts';

story(
  'A subscription of the 31st is billed on the last day of short months and returns to the 31st',
  '2026-01-31T00:00:00Z',
  async ({ plan, customer, until }) => {
    await plan({
      key: 'basic',
      name: 'Basic',
      prices: [{ key: 'fee', name: 'Monthly fee', kind: 'fixed', model: 'fixed', amount: '20.00' }],
    });
    const eve = await customer('Eve', { plan: 'basic' });
    await until('2026-06-02');

    const periods = (await eve.bills()).map(({ text }) => text.split('\n')[2]);
    expect(periods).toEqual([
      'Basic, 2026-01-31 to 2026-02-27',
      'Basic, 2026-02-28 to 2026-03-30',
      'Basic, 2026-03-31 to 2026-04-29',
      'Basic, 2026-04-30 to 2026-05-30',
    ]);
  },
);
