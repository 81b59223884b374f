/**
 * The words the billing stories are told in. A story runs on the whole local cloud
 * (HTTP in, mail and Stripe's double out), and when it ends everything that must always
 * hold is checked by the audit. The bill as printed is the assertion.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { present } from '#domain/assert.ts';
import { billText } from '#domain/invoicing/bill-text.ts';
import type { InvoiceBody } from '#domain/invoicing/invoice.ts';
import { epochMs, instant, parseInstant } from '#domain/time/instant.ts';
import { customerOf } from '#functions/records/document-id.ts';
import { auditCloud } from '#local/audit-cloud.ts';
import { apiClient, type Json } from '#local/api-client.ts';
import { type Cloud, startCloud } from '#local/cloud.ts';

export type StoryWorld = Awaited<ReturnType<typeof openStory>>;

/** Tells a story from an instant on, such as `2026-01-01T00:00:00Z`. */
export const story = (title: string, from: string, tell: (world: StoryWorld) => Promise<void>): void => {
  it(title, { timeout: 300_000 }, async () => {
    const world = await openStory(from);
    try {
      await tell(world);
      expect(await auditCloud(world.cloud)).toEqual([]);
    } finally {
      await world.close();
    }
  });
};

const openStory = async (from: string) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'countinghouse-story-'));
  const startAt = present(parseInstant(from), `${from} is an instant`);
  const cloud = await startCloud({ dataDir, startAt });
  cloud.time.hold();
  const api = apiClient(cloud.url, cloud.apiKey);
  let sent = 0;

  const until = async (to: string): Promise<void> => {
    await cloud.time.advanceTo(
      epochMs(
        instant(present(parseInstant(to.length === 10 ? `${to}T00:00:00Z` : to), `${to} is a day or an instant`)),
      ),
    );
    cloud.time.hold();
  };

  /** The scheduler is down until then: time passes and nothing fires. */
  const missUntil = (to: string): void => {
    cloud.time.miss(epochMs(instant(present(parseInstant(to), `${to} is an instant`))));
  };

  const customer = async (name: string, options: CustomerOptions = {}) => {
    const { plan, startsOn, ...rest } = options;
    const externalId = name.toLowerCase().replaceAll(' ', '-');
    const made: Json = await api.post('/v1/customers', {
      externalId,
      name,
      email: `${externalId}@example.com`,
      currency: 'EUR',
      timezone: 'UTC',
      paymentMethod: 'pm_card_visa',
      ...rest,
    });
    if (plan !== undefined)
      await api.post('/v1/subscriptions', { customer: made.id, plan, ...(startsOn === undefined ? {} : { startsOn }) });
    await cloud.time.quiet();

    /** One usage event now, or at a time of its own. */
    const uses = async (
      quantity: string,
      type: string,
      options: { id?: string; at?: string; subject?: string } = {},
    ): Promise<Json> =>
      api.post('/v1/events', [
        {
          id: options.id ?? `use-${String((sent += 1))}`,
          source: 'story',
          type,
          subject: options.subject ?? externalId,
          time: options.at ?? cloud.world.clock.now(),
          data: { quantity },
        },
      ]);

    return {
      id: made.id as string,
      externalId,
      uses,
      bills: () => billsOf(cloud, made.id as string),
      wasBilled: async (...bills: readonly string[]) => {
        expect((await billsOf(cloud, made.id as string)).map(({ text }) => text)).toEqual(bills.map(unindent));
      },
      statuses: async () => (await billsOf(cloud, made.id as string)).map(({ status }) => status),
      heard: async () =>
        (await cloud.inbox.inbox())
          .filter(({ to }) => to.includes(`${externalId}@example.com`))
          .map(({ subject }) => subject),
    };
  };

  return {
    cloud,
    api,
    until,
    missUntil,
    customer,
    meter: (meter: Json) => api.post('/v1/meters', { aggregation: 'sum', field: 'quantity', ...meter }),
    plan: (plan: Json) => api.post('/v1/plans', { currency: 'EUR', ...plan }),
    close: async () => {
      await cloud.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

interface CustomerOptions {
  readonly plan?: string;
  readonly startsOn?: string;
  readonly currency?: string;
  readonly timezone?: string;
  readonly paymentMethod?: string;
  readonly [other: string]: unknown;
}

/** A customer's bills, oldest first, as they are printed. */
const billsOf = async (cloud: Cloud, customer: string) => {
  const { books } = cloud.world.ports;
  const { sorts } = await books.index('invoice', { limit: 1_000 });
  const ids = sorts.map((sort) => sort.slice(sort.indexOf('#') + 1)).filter((id) => customerOf(id) === customer);
  const bills = [];
  for (const { value } of await books.getAll('invoice', ids)) {
    bills.push({
      status: value.status.state,
      text: billText(value, (await books.part(value.body)) as InvoiceBody),
      invoice: value,
    });
  }
  return bills;
};

const unindent = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
