import { story } from '#test/world/story.ts';

story(
  'The same instant is January in Honolulu and February in Auckland',
  '2026-01-01T00:00:00Z',
  async ({ meter, plan, customer, until }) => {
    await meter({ key: 'calls', eventType: 'call.ended', unit: 'minute' });
    await plan({
      key: 'talk',
      name: 'Talk',
      prices: [
        { key: 'minutes', name: 'Minutes', kind: 'usage', meter: 'calls', model: 'per_unit', unitPrice: '0.10' },
      ],
    });
    const kiri = await customer('Kiri', { plan: 'talk', timezone: 'Pacific/Auckland', startsOn: '2026-01-01' });
    const noa = await customer('Noa', { plan: 'talk', timezone: 'Pacific/Honolulu', startsOn: '2026-01-01' });

    await until('2026-01-31T12:00:00Z');
    // 01:00 on 1 February in Auckland (UTC+13), 02:00 on 31 January in Honolulu (UTC−10).
    await kiri.uses('7', 'call.ended');
    await noa.uses('7', 'call.ended');
    await kiri.uses('30', 'call.ended', { at: '2026-01-31T10:59:59.999Z' }); // the last millisecond of Auckland's January
    await noa.uses('30', 'call.ended', { at: '2026-01-31T12:00:00.000Z' });
    await until('2026-03-05');

    await kiri.wasBilled(
      `
    Invoice CH-2026-000001
    Countinghouse to Kiri
    Talk, 2026-01-01 to 2026-01-31
    Minutes: 30 minute × 0.1 = 3.00
    Total 3.00 EUR, paid
  `,
      `
    Invoice CH-2026-000003
    Countinghouse to Kiri
    Talk, 2026-02-01 to 2026-02-28
    Minutes: 7 minute × 0.1 = 0.70
    Total 0.70 EUR, paid
  `,
    );
    await noa.wasBilled(`
    Invoice CH-2026-000002
    Countinghouse to Noa
    Talk, 2026-01-01 to 2026-01-31
    Minutes: 37 minute × 0.1 = 3.70
    Total 3.70 EUR, paid
  `);
  },
);
