import { story } from '#test/world/story.ts';

story(
  'A new price is for who subscribes after it; who had subscribed pays what they subscribed to',
  '2026-01-01T00:00:00Z',
  async ({ api, plan, customer, until }) => {
    const fee = { key: 'fee', name: 'Monthly fee', kind: 'fixed', model: 'fixed' };
    await plan({ key: 'basic', name: 'Basic', prices: [{ ...fee, amount: '20.00' }] });
    const old = await customer('Olga', { plan: 'basic', startsOn: '2026-01-01' });
    await until('2026-01-15');
    await api.post('/v1/plans/basic/versions', { prices: [{ ...fee, amount: '25.00' }] });
    const late = await customer('Lars', { plan: 'basic', startsOn: '2026-01-15' });
    await until('2026-02-16');

    await old.wasBilled(`
    Invoice CH-2026-000001
    Countinghouse to Olga
    Basic, 2026-01-01 to 2026-01-31
    Monthly fee: 20.00
    Total 20.00 EUR, paid
  `);
    await late.wasBilled(`
    Invoice CH-2026-000002
    Countinghouse to Lars
    Basic, 2026-01-15 to 2026-02-14
    Monthly fee: 25.00
    Total 25.00 EUR, paid
  `);
  },
);
