/**
 * The demo's month and every route of the API, lived on the local cloud while each call
 * to AWS is noted with the function that made it. Each is then asked of the synthesised
 * policies: none is missing, and no grant is there that nobody used.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { seriesReady } from '#events/series-ready.ts';
import { addMinutes, epochMs } from '#domain/time/instant.ts';
import type { TestClock } from '#functions/api/operation.ts';
import { type FunctionName, functionNeeds } from '#infra/needs/function-needs.ts';
import { unbundledTemplates } from '#infra/unbundled-templates.ts';
import { auditCloud } from '#local/audit-cloud.ts';
import { apiClient, type ApiClient, type Json } from '#local/api-client.ts';
import { type Cloud, startCloud } from '#local/cloud.ts';
import { demoBegins, liveMonth } from '#local/demo/live-month.ts';
import { tableNames } from '#local/tables.ts';
import { liveRestore } from './live-restore.ts';
import { isAllowed, listed, statementsOf } from './policies.ts';
import { recorded, type RecordedCall } from './recorded-calls.ts';
import { account, named, region } from './resolved.ts';

vi.mock('#functions/adapters/aws-clients.ts', async (original) => {
  const { recording } = await import('./recorded-calls.ts');
  const opened = await original<Record<string, (...settings: readonly unknown[]) => unknown>>();
  return Object.fromEntries(
    // With every setting: a long poll outlives the usual limit of a request.
    Object.entries(opened).map(([name, open]) => [
      name,
      (...settings: readonly unknown[]) => recording(open(...settings)),
    ]),
  );
});
vi.mock('#functions/runtime/lane-handler.ts', async (original) => {
  const { runningAs } = await import('./recorded-calls.ts');
  const { laneHandler } = await original<{
    laneHandler: (lane: FunctionName, ...rest: unknown[]) => () => Promise<unknown>;
  }>();
  return {
    laneHandler: (lane: FunctionName, ...rest: unknown[]) => runningAs(lane, laneHandler(lane, ...rest)),
  };
});
vi.mock('#functions/api/api-handler.ts', async (original) => {
  const { runningAs, runningAsNobody } = await import('./recorded-calls.ts');
  const { apiHandler } = await original<{ apiHandler: (open: unknown, clock: TestClock) => () => Promise<unknown> }>();
  // Moving the clock fires schedules, which in a deployment is the scheduler's to do.
  const aside = ({ now, advanceTo }: TestClock): TestClock => ({
    now,
    advanceTo: (to) => runningAsNobody(() => advanceTo(to)),
  });
  return { apiHandler: (open: unknown, clock: TestClock) => runningAs('api', apiHandler(open, aside(clock))) };
});

const templates = unbundledTemplates();
const [books] = named(templates.stateful, 'AWS::DynamoDB::Table', 'Books');
const [usage] = named(templates.stateful, 'AWS::DynamoDB::Table', 'Usage');
const deployed: Readonly<Record<string, string>> = { [tableNames.books]: books, [tableNames.usage]: usage };

/** The address in a deployment of what the local cloud calls by a name of its own. */
const arnOf = ({ action, on }: Pick<RecordedCall, 'action' | 'on'>): string => {
  if (action.startsWith('sqs:')) {
    return `arn:aws:sqs:${region}:${account}:${named(templates.stateless, 'AWS::SQS::Queue', `${on}queueQueue`)[0]}`;
  }
  if (action.startsWith('ses:')) return `arn:aws:ses:${region}:${account}:identity/${on.slice(on.indexOf('@') + 1)}`;
  const [table = '', ...index] = on.split('/');
  return [`arn:aws:dynamodb:${region}:${account}:table/${deployed[table]!}`, ...index].join('/');
};

const contextOf = ({ action, on, leading }: RecordedCall) =>
  action.startsWith('ses:') ? { 'ses:FromAddress': on } : leading.length > 0 ? { 'dynamodb:LeadingKeys': leading } : {};

let calls: readonly RecordedCall[] = [];

beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'countinghouse-grants-'));
  const cloud = await startCloud({ dataDir, startAt: demoBegins });
  try {
    cloud.time.hold();
    const api = apiClient(cloud.url, cloud.apiKey);
    await liveMonth(cloud, api, () => undefined);
    await useTheRest(cloud, api);
    await leaveInOutbox(cloud, api);
    await liveRestore(cloud, api);
    expect(await auditCloud(cloud)).toEqual([]);
  } finally {
    await cloud.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  calls = [...recorded.values()];
}, 240_000);

/** What the demo does not do: changes, repeats, look-ups by every name, and a customer who pays by link. */
const useTheRest = async (cloud: Cloud, api: ApiClient): Promise<void> => {
  const { data: customers } = await api.get('/v1/customers');
  const [{ id, externalId }] = customers;
  await api.patch(`/v1/customers/${id}`, { paymentMethod: 'pm_card_mastercard' });
  await api.patch(`/v1/customers/${id}`, { name: 'Another name' });
  await api.get(`/v1/customers/${externalId}`);
  await api.get(`/v1/customers/${id}/usage`);
  await api.get(`/v1/customers?externalId=${externalId}`);
  await api.post('/v1/billing-runs', { kind: 'nightly' });
  await cloud.time.quiet();
  const first: Record<string, Json> = {};
  for (const list of lists) first[list] = (await api.get(`/v1/${list}`)).data[0];
  await api.get(`/v1/meters/${first['meters'].key}`);
  await api.get(`/v1/plans/${first['plans'].key}`);
  await api.get(`/v1/points/${encodeURIComponent(first['points'].subject)}`);
  await api.get(`/v1/subscriptions/${first['subscriptions'].id}`);
  await api.get(`/v1/subscriptions?customer=${id}`);
  await api.get(`/v1/points?customer=${id}`);
  await api.get(`/v1/invoices?customer=${id}`);
  for (const { id: run } of (await api.get('/v1/billing-runs')).data) await api.get(`/v1/billing-runs/${run}`);
  for (const { id: invoice } of (await api.get('/v1/invoices')).data) {
    await api.get(`/v1/invoices/${invoice}`);
    await api.get(`/v1/invoices/${invoice}/trace`);
    await api.bytes(`/v1/invoices/${invoice}/pdf`);
  }
  const { id: key } = await api.post('/v1/api-keys', { name: 'to be revoked', scopes: ['read'] });
  await api.post(`/v1/api-keys/${key}/revoke`, {});
};
const lists = [
  'meters',
  'plans',
  'customers',
  'points',
  'subscriptions',
  'invoices',
  'billing-runs',
  'quarantine',
  'billing-entities',
  'api-keys',
] as const;

/** Told, and committed, by processes that died before they published it; all of it was heard before, so nothing changes. */
const leaveInOutbox = async (cloud: Cloud, api: ApiClient): Promise<void> => {
  const now = cloud.world.clock.now();
  const { data: invoices } = await api.get('/v1/invoices');
  const { id: invoice, billingEntity: entity } = invoices[0];
  const { data: runs } = await api.get('/v1/billing-runs');
  const { id: run } = runs.find(({ counts }: Json) => counts.invoiced > 0);
  await cloud.world.store.transact(
    [],
    [
      { name: 'run.requested', data: { by: 'a process that died' } },
      seriesReady({ run, range: 0 }, entity),
      { name: 'invoice.finalized', data: { invoice } },
    ],
    now,
  );
  await cloud.time.advanceTo(epochMs(addMinutes(now, 20)));
};

/** How many of the calls, each asked of the policy of the function that made it. */
const refused = async (): Promise<readonly RecordedCall[]> => {
  const answers = await Promise.all(
    calls.map((call) =>
      isAllowed(templates, call.by, { action: call.action, resource: arnOf(call), context: contextOf(call) }),
    ),
  );
  return calls.filter((_, i) => answers[i] !== true);
};

it('calls were noted of every function', () => {
  expect(new Set(calls.map(({ by }) => by))).toEqual(new Set(functionNeeds.map(({ name }) => name)));
  console.log(`${calls.length} different calls noted`);
});

it('no call is refused', async () => {
  expect(await refused()).toEqual([]);
});

it('the same call for another book is', async () => {
  const tables = calls.filter(({ leading }) => leading.length > 0);
  const foreign = tables.map((call) => ({ ...call, leading: [...call.leading, 'T1#C#cus_x'] }));
  const answers = await Promise.all(
    foreign.map((call) =>
      isAllowed(templates, call.by, { action: call.action, resource: arnOf(call), context: contextOf(call) }),
    ),
  );
  expect(foreign.filter((_, i) => answers[i])).toEqual([]);
});

describe('every grant is used:', () => {
  // Of Lambda's own doing, of a failure, or of a process that has secrets: see grants.test.ts and bundles.test.ts.
  const ofServices =
    /^(logs|kms|secretsmanager):|^sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes|ChangeMessageVisibility)$/;

  it.each(functionNeeds.map(({ name }) => name))('%s', (name) => {
    const own = calls.filter(({ by }) => by === name);
    const unused = statementsOf(templates, name).flatMap(({ Action, Resource, Condition }) =>
      listed(Action)
        .filter((action) => !ofServices.test(action))
        .flatMap((action) =>
          listed(Resource).flatMap((resource) => {
            const at = own.filter((call) => call.action === action && arnOf(call) === resource);
            const patterns = listed(Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []);
            if (patterns.length === 0) return at.length > 0 ? [] : [`${action} on ${resource}`];
            const keys = at.flatMap(({ leading }) => leading);
            return patterns
              .filter(
                (pattern) =>
                  !keys.some((key) => (pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern)),
              )
              .map((pattern) => `${action} of ${pattern} on ${resource}`);
          }),
        ),
    );
    expect(unused).toEqual([]);
  });
});
