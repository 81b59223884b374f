/** The API is granted what it writes and tells, no less and no more: every writing route once, and what reached the store. */
import { expect, it } from 'vitest';
import { defaultBillingEntity } from '#functions/api/billing-entities/default-billing-entity.ts';
import { apiGrants } from '#functions/api/grants.ts';
import { create } from '#functions/handle.ts';
import { commit } from '#functions/runtime/commit.ts';
import type { World } from '#functions/runtime/world.ts';
import { finalInvoice } from '#test/world/open-invoice.ts';
import { apiWorld } from './api-world.ts';
import { acme, calls, starter } from './samples.ts';

it('what the API may write and tell is what it writes and tells', async () => {
  const kinds = new Set<string>();
  const told = new Set<string>();
  const watch = (store: World['store']): World['store'] => ({
    ...store,
    transact: (writes, tells, now) => {
      for (const { kind } of writes) kinds.add(kind);
      for (const { name } of tells) told.add(name);
      return store.transact(writes, tells, now);
    },
  });
  const api = await apiWorld(watch);
  await api.post('/v1/meters', calls, { 'idempotency-key': 'once' });
  await api.post('/v1/plans', starter);
  await api.post('/v1/customers', { ...acme, paymentMethod: 'pm_card_visa' });
  await api.post('/v1/subscriptions', { customer: 'acme', plan: 'starter' });
  await api.post('/v1/billing-entities', { key: 'eu', name: 'EU', addressLines: [], numberPrefix: 'EU' });
  await api.post('/v1/api-keys', { name: 'second', scopes: ['read'] });
  await api.post('/v1/billing-runs', { kind: 'nightly' });
  const { status, ...invoice } = finalInvoice();
  await commit(api.world, {
    write: [
      create('invoice', {
        ...invoice,
        status: { ...status, number: `${defaultBillingEntity.numberPrefix}-2026-000001` } as typeof status,
      }),
    ],
  });
  kinds.delete('invoice');
  await api.post('/v1/restore', { restoredTo: '2026-02-01T00:00:00Z', because: 'a test' });
  const mail = { step: 'bill', to: 'billing@acme.example', sentAt: '2026-02-01T00:00:00Z' };
  const { numberPrefix } = defaultBillingEntity;
  await api.post('/v1/restore/mails', {
    mails: [
      { ...mail, number: `${numberPrefix}-2026-000001`, invoice: invoice.id, messageId: '1' },
      { ...mail, number: `${numberPrefix}-2026-000002`, invoice: invoice.id, messageId: '2' },
    ],
  });
  await api.post('/v1/restore/fence', { numbers: [] });
  await api.post('/v1/restore/reconcile', {});
  await api.close();
  expect([...kinds].sort()).toEqual([...apiGrants.writes].sort());
  expect([...told].sort()).toEqual([...apiGrants.tells].sort());
});
