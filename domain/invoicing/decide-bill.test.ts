/** A period's file becomes its bill: what it comes to, when there is none, and what another bill would take. */
import { describe, expect, it } from 'vitest';
import type { PlanPrice } from '../catalog/plan.ts';
import { isRefusal } from '../refusal.ts';
import { day } from '../time/day.ts';
import { instant } from '../time/instant.ts';
import { utc } from '../time/zone.ts';
import { type BillingFile, decideBill } from './decide-bill.ts';
import type { InvoiceBody } from './invoice.ts';
import { moneyText } from '../money/money.ts';

const then = instant('2026-01-01T00:00:00.000Z');
const usagePrice = (key: string, unitPrice: string): PlanPrice => ({
  ...{ key, name: key, kind: 'usage', meter: key, unit: 'call' },
  price: { model: 'per_unit', unitPrice },
});
const reads = (meter: string, quantity: string) => ({ target: 'sub_1', meter, quantity, events: 1, digest: 'd' });

const fileOf = (prices: readonly PlanPrice[], rated: BillingFile['rated']): BillingFile => ({
  ...{ invoice: 'inv_1', n: 0, rated },
  subscription: {
    ...{ id: 'sub_1', customer: 'cus_1', plan: 'talk', planVersion: 1, anchorOn: day('2026-01-01'), timezone: utc },
    ...{ state: 'active', currentPeriod: 0, createdAt: then },
  },
  customer: {
    ...{ id: 'cus_1', externalId: 'ada', currency: 'EUR', timezone: utc, billingEntity: 'default', netTermsDays: 14 },
    ...{ payment: { state: 'none' }, createdAt: then },
  },
  person: { customer: 'cus_1', name: 'Ada', email: 'ada@example.com', address: {} },
  issuer: { key: 'default', name: 'Countinghouse', addressLines: [], numberPrefix: 'CH' },
  plan: { plan: 'talk', version: 1, name: 'Talk', currency: 'EUR', interval: 'month', prices, createdAt: then },
});
const billed = (file: BillingFile): InvoiceBody => {
  const body = decideBill(file);
  if (body === null || isRefusal(body)) throw new Error('there is a bill');
  return body;
};
const twoHalfCents = fileOf(
  [usagePrice('day', '0.005'), usagePrice('night', '0.005')],
  [reads('day', '1'), reads('night', '1')],
);

describe('a bill', () => {
  it('comes to the sum of its rounded lines', () => {
    // 0.005 and 0.005 are a cent each on their lines, so two on the bill, though together they are one.
    const { lines, total } = billed(twoHalfCents);
    expect(lines.map(({ amount }) => moneyText(amount))).toEqual(['0.01 EUR', '0.01 EUR']);
    expect(lines.map(({ roundingDifference }) => roundingDifference)).toEqual(['0.005', '0.005']);
    expect(moneyText(total)).toBe('0.02 EUR');
  });

  it('is none where the period comes to nothing', () => {
    expect(decideBill(fileOf([usagePrice('day', '0.004')], [reads('day', '1')]))).toBeNull();
  });

  it('below nothing is refused', () => {
    expect(decideBill(fileOf([usagePrice('day', '-0.01')], [reads('day', '3')]))).toMatchObject({
      refused: 'negative_total',
    });
  });
});

describe('the hash of what decides a bill', () => {
  const { inputHash } = billed(twoHalfCents);
  it.each<[string, Partial<BillingFile>]>([
    [
      'how the customer pays',
      { customer: { ...twoHalfCents.customer, payment: { state: 'given', paymentMethod: 'pm_1' } } },
    ],
    ['how far the subscription has come', { subscription: { ...twoHalfCents.subscription, currentPeriod: 7 } }],
  ])('is the same whatever %s', (_, change) => {
    expect(billed({ ...twoHalfCents, ...change }).inputHash).toBe(inputHash);
  });

  it.each<[string, Partial<BillingFile>]>([
    ['another quantity', { rated: [reads('day', '2'), reads('night', '1')] }],
    ['another event behind the same quantity', { rated: [{ ...reads('day', '1'), digest: 'e' }, reads('night', '1')] }],
    ['another price', { plan: { ...twoHalfCents.plan, prices: [usagePrice('day', '0.006')] } }],
    ['another period', { n: 1 }],
    ['another address', { person: { ...twoHalfCents.person, address: { city: 'Bonn' } } }],
  ])('is another for %s', (_, change) => {
    expect(billed({ ...twoHalfCents, ...change }).inputHash).not.toBe(inputHash);
  });
});
