/**
 * The demo's month lived by what would be deployed, under the policies that would be in
 * force; and what is missed when something is taken out of a template.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { present } from '#domain/assert.ts';
import { addMinutes, epochMs } from '#domain/time/instant.ts';
import type { FlowRow } from '#functions/flow-row.ts';
import { flow, stepNames } from '#functions/flow.ts';
import { apiClient, type ApiClient, type Json } from '#local/api-client.ts';
import { auditCloud } from '#local/audit-cloud.ts';
import { demoBegins, liveMonth } from '#local/demo/live-month.ts';
import { type DemoReport, reportOf } from '#local/demo/report.ts';
import type { Assembly } from '#local/template/assembly.ts';
import { startTemplateCloud, type TemplateCloud } from '#local/template/template-cloud.ts';
import { policiesInForce } from './policies-in-force.ts';
import { changed, type Synthesised, synthesised, withoutGrant } from './synthesised.ts';

let made: Synthesised;
beforeAll(async () => {
  made = await synthesised();
}, 120_000);
afterAll(() => {
  rmSync(made.folder, { recursive: true });
});

interface Life {
  readonly cloud: TemplateCloud;
  readonly api: ApiClient;
  readonly said: readonly Json[];
}

/** Starts a cloud under the assembly's own policies, lives in it, and puts it away. */
const living = async <Answer>(assembly: Assembly, live: (life: Life) => Promise<Answer>): Promise<Answer> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'countinghouse-template-'));
  const said: Json[] = [];
  try {
    const cloud = await startTemplateCloud({
      assembly,
      dataDir,
      startAt: demoBegins,
      authorize: policiesInForce().authorize,
      log: (entry) => void said.push(entry),
    });
    try {
      return await live({ cloud, api: apiClient(cloud.url, cloud.apiKey), said });
    } finally {
      await cloud.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true });
  }
};

/** Lives twice in one folder, as with a restart between. */
const livingTwice = async (assembly: Assembly, live: (life: Pick<Life, 'api'>) => Promise<unknown>): Promise<void> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'countinghouse-template-'));
  for (let start = 0; start < 2; start += 1) {
    const cloud = await startTemplateCloud({ assembly, dataDir });
    await live({ api: apiClient(cloud.url, cloud.apiKey) }).finally(() => cloud.close());
  }
  rmSync(dataDir, { recursive: true });
};

const denied = ({ cloud }: Life): readonly string[] => [
  ...new Set(cloud.denials().map(({ by, action }) => `${by.name.replace(/[0-9A-F]{8}$/, '')} ${action}`)),
];

describe('the month of the demo', () => {
  let report: DemoReport;
  let denials: readonly string[];
  let failures: readonly Json[];
  let steps: ReadonlySet<string>;
  let executed: Readonly<Record<string, readonly string[]>>;

  beforeAll(async () => {
    await living(made.assembly, async (life) => {
      const { cloud, api, said } = life;
      const began = performance.now();
      await liveMonth(cloud, api, () => undefined);
      await payByLink(cloud);
      report = await reportOf(cloud, await auditCloud(cloud), (performance.now() - began) / 1000);
      denials = denied(life);
      failures = said.filter(({ outcome, line }) => outcome === 'failed' || line !== undefined);
      steps = new Set(said.flatMap(({ step }) => (step === undefined ? [] : [step])));
      executed = Object.fromEntries(cloud.functions.map(({ id, executed: of }) => [id, Object.keys(of()).sort()]));
    });
    console.log(`lived in ${report.seconds} s`, executed);
  }, 240_000);

  it('comes to the figures of the ordinary mode', () => {
    expect(report).toMatchObject({
      usage: { accepted: 13_179, rated: 13_174, quarantined: 5 },
      payments: { succeeded: 3, failed: 1, unknown: 0 },
      mails: 4,
    });
    expect(report.invoices.map(({ total, status }) => [total.amount, status]).sort()).toEqual([
      ['169.08', 'paid'],
      ['334.95', 'paid'],
      ['339.71', 'paid'],
    ]);
  });

  it('passes the audit', () => {
    expect(report.violations).toEqual([]);
  });

  it('is refused nothing, and nothing fails', () => {
    expect(denials).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('runs every function by every route and queue that leads to it', () => {
    expect(executed).toEqual(occasionsIn(made.assembly));
  });

  it('runs every step that is sent messages, but for those no month needs', () => {
    const sent = stepNames.filter((step) => (flow[step] as FlowRow).kind !== 'door');
    expect(sent.filter((step) => !steps.has(step))).toEqual(sent.filter((step) => step in notInAMonth));
  });
});

const notInAMonth: Readonly<Record<string, string>> = {
  'reconcile-payments': 'runs after the books were restored from a backup',
  'resume-work': 'runs after the books were restored from a backup',
};

/** What no customer of the demo does: opens the link in a bill, and presses its button. */
const payByLink = async ({ inbox }: TemplateCloud): Promise<void> => {
  const [link] = (await inbox.inbox()).flatMap(({ text }) => /http:\S+\/pay\/\S+/.exec(text) ?? []);
  for (const method of ['GET', 'POST'])
    expect((await fetch(present(link, 'a bill has a link'), { method })).status).toBeLessThan(500);
};

/** By function, the routes and queues that a template leads to it. */
const occasionsIn = ({ stacks }: Assembly): Readonly<Record<string, readonly string[]>> => {
  const resources = Object.assign({}, ...stacks.map(({ template }) => template.Resources)) as Record<string, Json>;
  const of = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);
  const occasions = [
    ...of('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
      const { IntegrationUri } = resources[Properties.Target['Fn::Join'][1][1].Ref]!['Properties'];
      return [IntegrationUri['Fn::GetAtt'][0], Properties.RouteKey] as const;
    }),
    ...of('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => {
      const [queue] = Properties.EventSourceArn['Fn::GetAtt'];
      const isFifo = resources[queue]!['Properties'].FifoQueue === true;
      return [Properties.FunctionName.Ref, `Countinghouse-${queue}${isFifo ? '.fifo' : ''}`] as const;
    }),
  ];
  return Object.fromEntries(
    of('AWS::Lambda::Function').map(([id]) => [
      id,
      occasions.flatMap(([target, occasion]) => (target === id ? [occasion as string] : [])).sort(),
    ]),
  );
};

const newEntity = { key: 'acme', name: 'Acme', addressLines: ['1 Road', 'Town'], numberPrefix: 'AC' };
const someUsage = [
  { id: 'e1', source: 's', type: 'x', subject: 'c', time: '2025-12-31T11:00:00.000Z', data: { quantity: '1' } },
];

describe('a grant that is taken out of a policy is missed', { timeout: 60_000 }, () => {
  it('by an API that may put no records', async () => {
    await living(withoutGrant(made.assembly, 'apiPolicy', 'dynamodb:PutItem'), async (life) => {
      await expect(life.api.post('/v1/billing-entities', newEntity)).rejects.toThrow(/: 50[03] /);
      expect(denied(life)).toEqual(['apiFunction dynamodb:PutItem']);
    });
  });

  it('by a door that may not read its secret', async () => {
    await living(withoutGrant(made.assembly, 'usagePolicy', 'secretsmanager:GetSecretValue'), async (life) => {
      const { status } = await life.api.raw('POST', '/v1/events', { body: JSON.stringify(someUsage) });
      expect(status).toBe(500);
      expect(denied(life)).toEqual(['usageFunction secretsmanager:GetSecretValue']);
    });
  });

  it('by a queue nobody may receive from, and by messages that may not be decrypted', async () => {
    const deaf = withoutGrant(made.assembly, 'billingPolicy', 'sqs:ReceiveMessage');
    await living(withoutGrant(deaf, 'numbersPolicy', 'kms:Decrypt'), async (life) => {
      const missed = ['billingFunction sqs:ReceiveMessage', 'numbersFunction kms:Decrypt'];
      await vi.waitFor(() => expect([...denied(life)].sort()).toEqual(missed), 20_000);
    });
  });

  it('by schedules that may not send', async () => {
    await living(withoutGrant(made.assembly, 'schedulesPolicy', 'sqs:SendMessage'), async (life) => {
      const { cloud } = life;
      await cloud.time.advanceTo(epochMs(addMinutes(demoBegins, 20)));
      expect(denied(life)).toEqual(['schedulessweepoutboxevery sqs:SendMessage']);
      expect(cloud.functions.flatMap(({ executed }) => Object.keys(executed()))).toEqual([]);
    });
  });
});

describe('what else a template lacks is lacking', { timeout: 60_000 }, () => {
  it('a name in the environment', async () => {
    const nameless = changed(made.assembly, (find) => {
      for (const { Properties } of find('AWS::Lambda::Function', 'api'))
        delete Properties.Environment.Variables.BOOKS_TABLE;
    });
    await living(nameless, async ({ api, said }) => {
      expect((await api.raw('GET', '/v1/customers')).status).toBe(500);
      expect(JSON.stringify(said)).toContain('the environment names BOOKS_TABLE');
    });
  });

  it('a route, and the leave of a function to be called by another', async () => {
    const fewer = changed(made.assembly, (find) => {
      for (const route of find('AWS::ApiGatewayV2::Route', 'routeingestusage'))
        route.Properties.RouteKey = 'POST /events';
      for (const permission of find('AWS::Lambda::Permission', 'routereceivestripewebhook'))
        permission.Properties.SourceArn = 'arn:aws:execute-api:us-east-1:000000000000:another/*/*/webhooks/stripe';
    });
    await living(fewer, async ({ api, said }) => {
      // Without its route a request has what every other path has: the API, which does not know it.
      expect((await api.raw('POST', '/v1/events', { body: '[]' })).status).toBe(404);
      expect((await api.raw('POST', '/webhooks/stripe', { body: '{}' })).status).toBe(500);
      expect(JSON.stringify(said)).toContain('gave API Gateway no leave to call it for POST /webhooks/stripe');
    });
  });

  it('a visibility timeout as long as the function’s', async () => {
    const hasty = changed(made.assembly, (find) => {
      for (const { Properties } of find('AWS::SQS::Queue', 'billingqueueQueue')) Properties.VisibilityTimeout = 60;
    });
    await expect(living(hasty, () => Promise.resolve())).rejects.toThrow('is less than that of billingFunction');
  });
});

it('goes on where it was at the next start', { timeout: 60_000 }, async () => {
  const seen: unknown[] = [];
  await livingTwice(made.assembly, async ({ api }) => {
    const repeated = { 'idempotency-key': 'once' };
    seen.push(await api.post('/v1/billing-entities', newEntity, repeated));
  });
  // The second was no new request: the same key, pepper and table answered it as the first.
  expect(seen[1]).toEqual(seen[0]);
});
