/** Requests of a small month that tests start from, and a usage event of it. */
import { parseInstant } from '#domain/time/instant.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';

export const acme = {
  externalId: 'acme',
  name: 'ACME GmbH',
  email: 'billing@acme.example',
  currency: 'EUR',
  timezone: 'Europe/Berlin',
};
export const calls = { key: 'api_calls', eventType: 'api.called', aggregation: 'sum', field: 'quantity', unit: 'call' };
export const starter = {
  key: 'starter',
  name: 'Starter',
  currency: 'EUR',
  prices: [
    { key: 'base', name: 'Base fee', kind: 'fixed', model: 'fixed', amount: '10.00' },
    {
      key: 'calls',
      name: 'API calls',
      kind: 'usage',
      meter: 'api_calls',
      model: 'graduated',
      tiers: [{ upTo: '100', unitPrice: '0.20' }, { unitPrice: '0.105' }],
    },
  ],
};

export const usageEvent = (id: string, quantity: string, more: Partial<UsageEvent> = {}): UsageEvent => ({
  id,
  source: 'test',
  type: 'api.called',
  subject: 'acme',
  time: parseInstant('2026-02-11T09:00:00Z')!,
  data: { quantity },
  ...more,
});
