/** Who and what the sound snapshot is about: four customers, their plans, and usage events of every fate. */
import { present } from '#domain/assert.ts';
import type { Customer, Person } from '#domain/catalog/customer.ts';
import type { PlanVersion } from '#domain/catalog/plan.ts';
import type { Subscription } from '#domain/subscriptions/subscription.ts';
import { day } from '#domain/time/day.ts';
import { instant } from '#domain/time/instant.ts';
import { utc } from '#domain/time/zone.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';

export const january = instant('2026-01-01T00:00:00.000Z');
export const always = instant('1970-01-01T00:00:00.000Z');
export const names = ['ada', 'bob', 'cy', 'dora'] as const;
export type Name = (typeof names)[number];
const codeOf = (name: Name): string => name.padEnd(20, '0');
export const customerNamed = (name: Name): string => `cus_${codeOf(name)}`;
export const subscriptionOf = (name: Name): string => `sub_${codeOf(name)}_1`;
export const invoiceOf = (name: Name, n: number): string => `inv_${codeOf(name)}_1_${n}`;

const fixed = (amount: string) =>
  ({ key: 'fee', name: 'Monthly fee', kind: 'fixed', unit: '', price: { model: 'fixed', amount } }) as const;
const energy = {
  key: 'energy',
  name: 'Electricity',
  kind: 'usage',
  meter: 'electricity',
  unit: 'kWh',
  price: { model: 'per_unit', unitPrice: '0.333' },
} as const;
const plan = (key: string, ...prices: PlanVersion['prices']): PlanVersion => ({
  plan: key,
  version: 1,
  name: key,
  currency: 'EUR',
  interval: 'month',
  prices,
  createdAt: january,
});
const basic = plan('basic', fixed('20.00'));
export const planOf: Readonly<Record<Name, PlanVersion>> = {
  ada: plan('home', fixed('5.00'), energy),
  bob: basic,
  cy: plan('talk', energy),
  dora: basic,
};

export const issuer = { key: 'default', name: 'Countinghouse', addressLines: ['Main Street 1'], numberPrefix: 'CH' };
export const meters = [
  { key: 'electricity', eventType: 'power.used', aggregation: 'sum', field: 'quantity', unit: 'kWh' },
] as const;

const use = (id: string, time: string, quantity: string, other: Partial<UsageEvent> = {}): UsageEvent => ({
  id,
  source: 'meter',
  type: 'power.used',
  subject: 'ada',
  time: instant(`${time}Z`),
  data: { quantity },
  ...other,
});

const arrived = (at: string, ...events: readonly UsageEvent[]) => ({ arrivedAt: instant(`${at}:00.000Z`), events });

/** What arrived when. */
export const arrivals = [
  arrived(
    '2026-01-10T08:00',
    use('u1', '2026-01-10T07:00:00.000', '10'),
    use('before', '2025-12-31T23:59:59.999', '1'),
  ),
  arrived('2026-01-12T08:00', use('c1', '2026-01-12T07:00:00.000', '1'), use('c1', '2026-01-12T07:00:00.000', '1000')),
  arrived('2026-01-13T08:00', use('x1', '2026-01-13T07:00:00.000', '1', { type: 'mystery' })),
  arrived('2026-01-14T08:00', use('b1', '2026-01-14T07:00:00.000', 'many')),
  arrived('2026-01-20T08:00', use('u1', '2026-01-10T07:00:00.000', '10')),
  arrived('2026-01-21T08:00', use('s1', '2026-01-20T07:00:00.000', '7', { subject: 'sim-1' })),
  arrived('2026-02-01T00:30', use('u2', '2026-01-31T23:59:59.999', '2.5'), use('u3', '2026-02-01T00:00:00.000', '4')),
  arrived('2026-02-10T08:00', use('late', '2026-01-15T07:00:00.000', '9')),
  arrived('2026-03-05T08:00', use('p1', '2026-03-02T07:00:00.000', '3'), use('lp1', '2026-02-20T07:00:00.000', '6')),
] as const;

export const nameOf = (id: string): Name =>
  present(
    names.find((name) => customerNamed(name) === id),
    `${id} is one of the four`,
  );

export const card = { state: 'saved', paymentMethod: 'pm_1', providerCustomer: 'cus_stripe_1' } as const;

export const customerOf = (name: Name): Customer => ({
  id: customerNamed(name),
  externalId: name,
  currency: 'EUR',
  timezone: utc,
  billingEntity: issuer.key,
  netTermsDays: 14,
  payment: name === 'ada' ? card : { state: 'none' },
  createdAt: january,
});

export const personOf = (name: Name): Person => ({
  customer: customerNamed(name),
  name,
  email: `${name}@example.com`,
  address: {},
});

export const newSubscription = (name: Name): Subscription => ({
  id: subscriptionOf(name),
  customer: customerNamed(name),
  plan: planOf[name].plan,
  planVersion: 1,
  anchorOn: day('2026-01-01'),
  timezone: utc,
  state: 'active',
  currentPeriod: 0,
  createdAt: january,
});

export const subjects = [...names, 'sim-1'];
