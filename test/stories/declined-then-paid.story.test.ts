import { expect } from 'vitest';
import { story } from '#test/world/story.ts';

story(
  'A declined card is told of, tried again after three days, and pays once it is replaced',
  '2026-01-01T00:00:00Z',
  async ({ plan, customer, until, api, cloud }) => {
    await plan({
      key: 'basic',
      name: 'Basic',
      prices: [{ key: 'fee', name: 'Monthly fee', kind: 'fixed', model: 'fixed', amount: '20.00' }],
    });
    const bob = await customer('Bob', { plan: 'basic', paymentMethod: 'pm_card_chargeCustomerFail' });

    await until('2026-02-02');
    expect(await bob.statuses()).toEqual(['final']);
    await until('2026-02-03');
    expect(await bob.heard()).toHaveLength(2); // the bill, and that the card was declined

    await api.patch(`/v1/customers/${bob.id}`, { paymentMethod: 'pm_card_visa' });
    await cloud.time.quiet();
    expect(await bob.statuses()).toEqual(['final']);
    await until('2026-02-08');

    await bob.wasBilled(`
    Invoice CH-2026-000001
    Countinghouse to Bob
    Basic, 2026-01-01 to 2026-01-31
    Monthly fee: 20.00
    Total 20.00 EUR, paid
  `);
    const succeeded = cloud.stripe.books().charges.filter(({ status }) => status === 'succeeded');
    expect(succeeded).toHaveLength(1);
  },
);

story(
  'A card that never pays is tried four times in all, and then a person takes over',
  '2026-01-01T00:00:00Z',
  async ({ plan, customer, until, cloud }) => {
    await plan({
      key: 'basic',
      name: 'Basic',
      prices: [{ key: 'fee', name: 'Monthly fee', kind: 'fixed', model: 'fixed', amount: '20.00' }],
    });
    const bob = await customer('Bob', { plan: 'basic', paymentMethod: 'pm_card_chargeCustomerFail' });
    await until('2026-02-27');

    expect(await bob.statuses()).toEqual(['final']);
    // 1 February, and 3, 5 and 7 days after each decline.
    expect(cloud.stripe.books().charges.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed', 'failed']);
  },
);
