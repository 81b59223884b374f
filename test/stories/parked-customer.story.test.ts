import { expect } from 'vitest';
import { story } from '#test/world/story.ts';

story(
  'A customer whose record is broken is parked with the reason and stops nobody',
  '2026-01-01T00:00:00Z',
  async ({ plan, customer, until, api, cloud }) => {
    await plan({
      key: 'basic',
      name: 'Basic',
      prices: [{ key: 'fee', name: 'Monthly fee', kind: 'fixed', model: 'fixed', amount: '20.00' }],
    });
    const ada = await customer('Ada', { plan: 'basic' });
    const poisoned = await customer('Poisoned', { plan: 'basic' });
    const zoe = await customer('Zoe', { plan: 'basic' });
    const Key = { pk: { S: `L#P#${poisoned.id}` }, sk: { S: '0' } };
    const { Item } = (await cloud.store.execute('GetItem', { TableName: 'books', Key })) as { Item: object };
    await cloud.store.execute('DeleteItem', { TableName: 'books', Key });

    await until('2026-02-01T12:00:00Z');
    expect([await ada.statuses(), await poisoned.statuses(), await zoe.statuses()]).toEqual([['paid'], [], ['paid']]);
    const run = await api.get('/v1/billing-runs/run_2026-02-01');
    expect(run).toMatchObject({ counts: { expected: 3, invoiced: 2, parked: 1, failed: 0, nothingToBill: 0 } });
    expect(JSON.stringify(run)).toContain(`customer ${poisoned.id} has a name`);

    await cloud.store.execute('PutItem', { TableName: 'books', Item });
    await until('2026-02-02T12:00:00Z');
    expect(await poisoned.statuses()).toEqual(['paid']); // the next night found it again
  },
);
