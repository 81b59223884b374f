/**
 * Real input that others published, billed through the HTTP API as an outside
 * developer would: nothing here reaches past the API but the account of usage and the
 * audit, which also gets the sender's own list of what was acknowledged. The files lie
 * in the folder `SHARED_DATA` names, or else in `shared/data` beside this repository;
 * they are no part of it, so where one is absent its test is skipped and says so by name.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type * as z from 'zod';
import { present } from '#domain/assert.ts';
import { usageBodyHash } from '#domain/audit/distinct-bodies.ts';
import { type UsageAccount, usageAccount } from '#domain/audit/usage-account.ts';
import { instant } from '#domain/time/instant.ts';
import { customerView } from '#events/api/customers.ts';
import { invoiceView, invoiceWithLines } from '#events/api/invoices.ts';
import { pageOf } from '#events/api/page.ts';
import { type ApiClient, apiClient } from '#local/api-client.ts';
import { auditCloud } from '#local/audit-cloud.ts';
import { startCloud } from '#local/cloud.ts';
import { takeSnapshot } from '#local/snapshot.ts';

const folder = process.env['SHARED_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');

export const realText = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** A usage event as its sender writes it: UTC time with any number of places, data as texts. */
export interface SentEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface RealWorld {
  readonly api: ApiClient;
  /** Creates a customer, gives it its usage points from an instant on, and subscribes it. */
  readonly subscribe: (customer: NewCustomer) => Promise<string>;
  /** Sends one request in one of the forms of the API; every event must be taken. */
  readonly send: (events: readonly SentEvent[], form: 'batch' | 'gzipped lines') => Promise<void>;
  readonly moveClockTo: (instant: string) => Promise<void>;
  /** The customer's one bill, with its lines. */
  readonly billOf: (customer: string) => Promise<Bill>;
  /** Where every event ever taken is now. */
  readonly account: () => Promise<UsageAccount>;
}

type Bill = z.infer<typeof invoiceWithLines>;

export interface NewCustomer {
  readonly name: string;
  readonly currency: string;
  readonly timezone: string;
  readonly plan: string;
  readonly startsOn: string;
  readonly points: readonly string[];
  readonly pointsFrom: string;
}

/** Tells what becomes of real files, on a cloud of its own whose clock begins at an instant. */
export const billsRealData = (
  title: string,
  { files, from }: { readonly files: readonly string[]; readonly from: string },
  tell: (world: RealWorld) => Promise<void>,
): void => {
  const absent = files.filter((file) => !existsSync(join(folder, file)));
  const name = absent.length === 0 ? title : `${title} (skipped where ${absent.join(', ')} is absent)`;
  it.skipIf(absent.length > 0)(name, { timeout: 60_000 }, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'countinghouse-real-'));
    const cloud = await startCloud({ dataDir, startAt: instant(from) });
    const taken: SentEvent[] = [];
    try {
      const account = async () => usageAccount(await takeSnapshot(cloud));
      await tell({ ...developer(apiClient(cloud.url, cloud.apiKey), taken), account });
      const acknowledged = taken.map((event) => ({
        id: event.id,
        source: event.source,
        bodyHash: usageBodyHash({ ...event, time: instant(toMilliseconds(event.time)) }),
      }));
      expect(await auditCloud(cloud, { acknowledged })).toEqual([]);
    } finally {
      await cloud.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
};

/** What a developer outside has: the API, and their own list of what it took. */
const developer = (api: ApiClient, taken: SentEvent[]): Omit<RealWorld, 'account'> => ({
  api,
  subscribe: async ({ name, currency, timezone, plan, startsOn, points, pointsFrom }) => {
    const externalId = name.toLowerCase().replaceAll(' ', '-');
    const email = `${externalId}@example.com`;
    const person = { externalId, name, email, currency, timezone, paymentMethod: 'pm_card_visa' };
    const { id } = customerView.parse(await api.post('/v1/customers', person));
    for (const subject of points) await api.post('/v1/points', { subject, customer: id, from: pointsFrom });
    await api.post('/v1/subscriptions', { customer: id, plan, startsOn });
    return id;
  },
  send: async (events, form) => {
    const headers = {
      batch: { 'content-type': 'application/cloudevents-batch+json' },
      'gzipped lines': { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
    }[form];
    const lines = () => events.map((event) => JSON.stringify(event)).join('\n');
    const body = form === 'batch' ? JSON.stringify(events) : gzipSync(lines());
    const response = await api.raw('POST', '/v1/events', { headers, body });
    expect([response.status, await response.json()]).toEqual([
      202,
      { accepted: events.length, duplicates: 0, rejected: [] },
    ]);
    taken.push(...events);
  },
  moveClockTo: async (to) => {
    await api.post('/v1/test-clock', { advanceTo: to });
  },
  billOf: async (customer) => {
    const { data } = pageOf(invoiceView).parse(await api.get(`/v1/invoices?customer=${customer}`));
    expect(data).toHaveLength(1);
    const { id } = present(data[0], 'the customer has a bill');
    return invoiceWithLines.parse(await api.get(`/v1/invoices/${id}`));
  },
});

/** Of an instant in UTC with any number of places, the first three: finer ones are cut off, not rounded. */
const toMilliseconds = (time: string): string => {
  const [seconds = '', places = ''] = time.replace('Z', '').split('.');
  return `${seconds}.${places.slice(0, 3).padEnd(3, '0')}Z`;
};
