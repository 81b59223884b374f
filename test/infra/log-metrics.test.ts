/**
 * The metrics behind the alarms are counted from log lines: what the runtime really
 * logs is held here to the patterns of the template, so that neither can change alone.
 */
import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { Outage } from '#domain/outage.ts';
import { addMinutes, epochMs, instant } from '#domain/time/instant.ts';
import { outboxPage } from '#functions/adapters/dynamodb/outbox-page.ts';
import type { LaneMessageBody } from '#functions/lane-message.ts';
import type { StepCode } from '#functions/step.ts';
import { laneHandler } from '#functions/runtime/lane-handler.ts';
import { sweep } from '#functions/runtime/sweep.ts';
import type { World } from '#functions/runtime/world.ts';
import { resourcesOf } from '#infra/template.ts';
import { unbundledTemplates } from '#infra/unbundled-templates.ts';
import type { Json } from '#local/api-client.ts';

const filters = resourcesOf(unbundledTemplates().stateless, 'AWS::Logs::MetricFilter').map(
  ([, { Properties }]) => Properties as Json,
);
type Line = Readonly<Record<string, unknown>>;

/** `{ $.outcome = "failed" && $.step = "*" }`, as CloudWatch reads it: all of the terms hold. */
const matches = (pattern: string, line: Line): boolean =>
  pattern
    .replace(/^\{ (.*) \}$/, '$1')
    .split(' && ')
    .every((term) => {
      const [, name = '', operator, wanted = ''] = /^\$\.(\w+) (=|>=) (.+)$/.exec(term) ?? [];
      const value = line[name];
      if (operator === '>=') return typeof value === 'number' && value >= Number(wanted);
      if (operator !== '=') throw new Error(`not a term this test can read: ${term}`);
      return wanted === '"*"' ? typeof value === 'string' : value === JSON.parse(wanted);
    });

/** Names of the metrics that a line is counted in, each with its value and dimensions. */
const countedIn = (line: Line): readonly (readonly [string, unknown, unknown])[] => {
  const found = filters
    .filter(({ FilterPattern }) => matches(FilterPattern, line))
    .flatMap(({ MetricTransformations }) => MetricTransformations as Json[])
    .map(({ MetricName, MetricValue, Dimensions = [] }) => {
      const value = MetricValue.startsWith('$.') ? line[MetricValue.slice(2)] : Number(MetricValue);
      return [MetricName, value, Dimensions.map(({ Value }: Json) => line[Value.slice(2)]).join()] as const;
    });
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
};

const now = instant('2026-03-01T01:00:00.000Z');
const logged = async (act: (world: World) => Promise<unknown>, parts: object = {}): Promise<readonly Line[]> => {
  const lines: Line[] = [];
  const queues = { send: async () => undefined, postpone: async () => undefined };
  const store = {
    transact: async () => ({ state: 'committed' }),
    pagesBefore: async () => [],
    removePage: async () => undefined,
  };
  await act({
    clock: { now: () => now },
    log: (line: Line) => lines.push(line),
    ports: {},
    queues,
    store,
    ...parts,
  } as unknown as World);
  return lines;
};

const messageTo = (body: LaneMessageBody): SQSEvent =>
  ({
    Records: [{ messageId: 'm1', body: JSON.stringify(body), attributes: { ApproximateReceiveCount: '1' } }],
  }) as unknown as SQSEvent;

const billing = (openBillingRun: StepCode<'open-billing-run'>) => (world: World) =>
  laneHandler(
    'billing',
    { 'open-billing-run': openBillingRun } as never,
    () => world,
  )(messageTo({ id: 'e1', step: 'open-billing-run', name: 'run.closed', data: { run: 'run_2026-03-01' } }));

describe('a line of the log', () => {
  it('of a message that failed counts as a failure of its step', async () => {
    const lines = await logged(billing(() => Promise.reject(new Outage('the store is away'))));
    expect(lines.flatMap(countedIn)).toEqual([['StepFailures', 1, 'open-billing-run']]);
  });

  it('of a night that was closed, heard and done counts as a night', async () => {
    const lines = await logged(billing(async () => ({})));
    expect(lines.flatMap(countedIn)).toEqual([['NightsClosed', 1, '']]);
  });

  it('of a door that failed counts as a failure of its step, and what a caller did wrong does not', async () => {
    const ask = (answer: () => Promise<never>) => (world: World) =>
      laneHandler(
        'money',
        { 'receive-stripe-webhook': answer } as never,
        () => world,
      )({
        routeKey: 'POST /webhooks/stripe',
        rawPath: '/webhooks/stripe',
        headers: {},
        requestContext: { http: { method: 'POST' } },
      } as never);
    const failed = await logged(ask(() => Promise.reject(new Outage('the store is away'))));
    expect(failed.flatMap(countedIn)).toEqual([['StepFailures', 1, 'receive-stripe-webhook']]);
    const refused = await logged(ask(async () => ({ respond: { status: 400, headers: {}, body: '' } }) as never));
    expect(refused.flatMap(countedIn)).toEqual([]);
  });

  it('of a sweep says how old the oldest page was, even where it cannot be published', async () => {
    const pages = [10, 45, 20].map((minutes) =>
      outboxPage('0'.repeat(32), [{ name: 'run.requested', data: { by: 'key' } }], epochMs(addMinutes(now, -minutes))),
    );
    const store = { pagesBefore: async () => pages, removePage: async () => undefined };
    const send = () => Promise.reject(new Outage('the queues are away'));
    const lines = await logged((world) => sweep(world).catch(() => undefined), { store, queues: { send } });
    expect(lines.flatMap(countedIn)).toEqual([['OldestOutboxPageSeconds', 45 * 60, '']]);
  });

  it('of a sweep with nothing to do is none', async () => {
    expect(await logged(sweep)).toEqual([]);
  });
});
