import { expect } from 'vitest';
import { story } from '#test/world/story.ts';

story(
  'Nights that were missed are caught up, oldest first, each period once',
  '2026-01-01T00:00:00Z',
  async ({ plan, customer, until, missUntil, api }) => {
    await plan({
      key: 'basic',
      name: 'Basic',
      prices: [{ key: 'fee', name: 'Monthly fee', kind: 'fixed', model: 'fixed', amount: '20.00' }],
    });
    const ada = await customer('Ada', { plan: 'basic' });
    await until('2026-01-20');
    const bob = await customer('Bob', { plan: 'basic' });

    missUntil('2026-03-10T06:00:00Z'); // the nights of 1 February, 20 February and 1 March never came
    await until('2026-03-11T06:00:00Z');

    expect((await ada.bills()).map(({ text }) => text.split('\n')[2])).toEqual([
      'Basic, 2026-01-01 to 2026-01-31',
      'Basic, 2026-02-01 to 2026-02-28',
    ]);
    expect((await bob.bills()).map(({ text }) => text.split('\n')[2])).toEqual(['Basic, 2026-01-20 to 2026-02-19']);
    const { data } = await api.get('/v1/billing-runs?limit=100');
    const busy = data
      .filter((run: { counts: { expected: number } }) => run.counts.expected > 0)
      .map((run: { night: string }) => run.night);
    expect(busy.sort()).toEqual(['2026-02-01', '2026-02-20', '2026-03-01']);
  },
);

story(
  'A run asked for again changes nothing',
  '2026-01-01T00:00:00Z',
  async ({ plan, customer, until, api, cloud }) => {
    await plan({
      key: 'basic',
      name: 'Basic',
      prices: [{ key: 'fee', name: 'Monthly fee', kind: 'fixed', model: 'fixed', amount: '20.00' }],
    });
    const ada = await customer('Ada', { plan: 'basic' });
    await until('2026-02-02');
    const before = {
      bills: await ada.bills(),
      mails: (await ada.heard()).length,
      charges: cloud.stripe.books().charges.length,
    };

    await api.post('/v1/billing-runs', { kind: 'nightly' });
    await cloud.time.quiet();
    await api.post('/v1/billing-runs', { kind: 'nightly' });
    await cloud.time.quiet();

    expect({
      bills: await ada.bills(),
      mails: (await ada.heard()).length,
      charges: cloud.stripe.books().charges.length,
    }).toEqual(before);
  },
);
