/** What the stacks are made of: every row of the flow has its pieces, and what holds data cannot be lost. */
import { describe, expect, it } from 'vitest';
import { indexes } from '#functions/adapters/dynamodb/item.ts';
import type { FlowRow } from '#functions/flow-row.ts';
import { flow, type StepName, stepNames } from '#functions/flow.ts';
import { laneMessageBody, scheduleData } from '#functions/lane-message.ts';
import { laneNames, lanes } from '#functions/lanes.ts';
import { functionNeeds, lanesWithQueue } from '#infra/needs/function-needs.ts';
import { resourcesOf, type Template } from '#infra/template.ts';
import { unbundledTemplates } from '#infra/unbundled-templates.ts';
import type { Json } from '#local/api-client.ts';
import { named, resolved } from './resolved.ts';

const stacks = unbundledTemplates();
const { stateful, stateless } = stacks;
const rowOf = (step: StepName): FlowRow => flow[step];
const properties = (template: Template, type: string, beginning: string) =>
  resolved(stacks, named(template, type, beginning)[1].Properties) as Json;

describe('functions', () => {
  it('are one a lane and the API', () => {
    expect(functionNeeds.map(({ name }) => name)).toEqual([...laneNames, 'api']);
    expect(resourcesOf(stateless, 'AWS::Lambda::Function')).toHaveLength(laneNames.length + 1);
  });

  it.each(functionNeeds.map(({ name }) => name))(
    '%s runs on Node 24 and arm64 with a log that is kept a year',
    (name) => {
      const made = properties(stateless, 'AWS::Lambda::Function', `${name}Function`);
      expect(made).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
      expect(properties(stateless, 'AWS::Logs::LogGroup', `${name}Log`)['RetentionInDays']).toBe(365);
      expect(made['LoggingConfig'].LogGroup).toBe(named(stateless, 'AWS::Logs::LogGroup', `${name}Log`)[0]);
    },
  );
});

describe('lanes', () => {
  it('that are sent messages have a queue, and only these', () => {
    const sent = stepNames
      .filter((step) => rowOf(step).on.some(({ on }) => on !== 'http'))
      .map((step) => flow[step].lane);
    expect(new Set(lanesWithQueue)).toEqual(new Set(sent));
    expect(resourcesOf(stateless, 'AWS::SQS::Queue')).toHaveLength(2 * lanesWithQueue.length);
  });

  it.each(lanesWithQueue)('%s has queue, dead-letter queue and feed as lanes.ts says', (lane) => {
    const { fifo, batchSize, deliveries, timeoutSeconds, concurrency } = lanes[lane];
    const queue = properties(stateless, 'AWS::SQS::Queue', `${lane}queueQueue`);
    const dead = properties(stateless, 'AWS::SQS::Queue', `${lane}queueDead`);
    expect(queue['FifoQueue']).toBe(fifo ? true : undefined);
    expect(dead['FifoQueue']).toBe(queue['FifoQueue']);
    expect(queue['RedrivePolicy'].maxReceiveCount).toBe(deliveries);
    expect(queue['RedrivePolicy'].deadLetterTargetArn).toContain(
      named(stateless, 'AWS::SQS::Queue', `${lane}queueDead`)[0],
    );
    expect(queue['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * timeoutSeconds);
    expect(queue['KmsMasterKeyId']).toBeDefined();

    const feed = properties(stateless, 'AWS::Lambda::EventSourceMapping', `${lane}Feed`);
    expect(feed['FunctionName']).toBe(named(stateless, 'AWS::Lambda::Function', `${lane}Function`)[0]);
    expect(feed).toMatchObject({
      BatchSize: batchSize,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: Math.max(2, concurrency) },
    });
    const handler = properties(stateless, 'AWS::Lambda::Function', `${lane}Function`);
    expect(handler['ReservedConcurrentExecutions']).toBeGreaterThanOrEqual(feed['ScalingConfig'].MaximumConcurrency);
    expect(handler['Timeout']).toBe(timeoutSeconds);
  });
});

describe('steps', () => {
  const alarms = resourcesOf(stateless, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties as Json);

  it.each(stepNames)('%s has an alarm that says what its failure means', (step) => {
    const own = alarms.filter(({ Dimensions = [] }) =>
      Dimensions.some((each: Json) => each.Name === 'step' && each.Value === step),
    );
    expect(own.map(({ AlarmDescription }) => AlarmDescription)).toEqual([`${step}: ${rowOf(step).whenItFails}`]);
    expect(own[0].AlarmActions).toHaveLength(1);
  });

  it.each(lanesWithQueue)('the dead letters of %s have one too, in as many characters as CloudWatch keeps', (lane) => {
    const [alarm] = alarms.filter(({ AlarmDescription }) => AlarmDescription.startsWith(`Messages of lane ${lane} `));
    expect(alarm.AlarmDescription.length).toBeLessThanOrEqual(1024);
    for (const { step, kind, whenItFails } of functionNeeds.find(({ name }) => name === lane)!.steps) {
      if (kind !== 'door') expect(alarm.AlarmDescription).toContain(`${step}: ${whenItFails}`);
    }
  });

  const routes = resourcesOf(stateless, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties as Json);
  const doors = stepNames.flatMap((step) =>
    rowOf(step).on.flatMap((trigger) =>
      trigger.on === 'http' ? [[`${trigger.method} ${trigger.path}`, flow[step].lane]] : [],
    ),
  );

  it('that are doors have the flow’s route to their lane, and the API has the rest', () => {
    const led = routes.map(({ RouteKey, Target }) => {
      const [, { Properties }] = named(stateless, 'AWS::ApiGatewayV2::Integration', Target['Fn::Join'][1][1].Ref);
      const uri = String((resolved(stacks, Properties) as Json).IntegrationUri);
      return [RouteKey, /function:(\w+)Function/.exec(uri)?.[1]];
    });
    expect(led.toSorted()).toEqual([...doors, ['$default', 'api']].toSorted());
  });

  it('that have a schedule are sent the message their lane reads', () => {
    const made = resourcesOf(stateless, 'AWS::Scheduler::Schedule').map(
      ([, { Properties }]) => resolved(stacks, Properties) as Json,
    );
    const wanted = stepNames.flatMap((step) =>
      rowOf(step).on.flatMap((trigger) => {
        if (trigger.on === 'daily') {
          const [hour, minute] = trigger.utc.split(':').map(Number);
          return [`${step} cron(${minute} ${hour} * * ? *)`];
        }
        if (trigger.on !== 'every') return [];
        return [
          `${step} cron(${trigger.minutes < 60 ? `0/${trigger.minutes} *` : `0 0/${trigger.minutes / 60}`} * * ? *)`,
        ];
      }),
    );
    const said = made.map(({ ScheduleExpression, ScheduleExpressionTimezone, Target }) => {
      expect(ScheduleExpressionTimezone).toBe('UTC');
      const { id, step, name, data } = laneMessageBody.parse(
        JSON.parse(Target.Input.replaceAll('<aws.scheduler.scheduled-time>', '2026-03-01T01:00:00Z')),
      );
      expect({ id, name }).toEqual({ id: `${step}-2026-03-01T01:00:00Z`, name: 'schedule' });
      expect(scheduleData.parse(data)).toEqual({ at: '2026-03-01T01:00:00.000Z' });
      expect(Target.Arn).toContain(`${flow[step as StepName].lane}queueQueue`);
      return `${step} ${ScheduleExpression}`;
    });
    expect(said.toSorted()).toEqual(wanted.toSorted());
  });
});

describe('what holds data', () => {
  it.each(['Books', 'Usage'])('table %s cannot be deleted and is encrypted with our key', (table) => {
    const [, { DeletionPolicy }] = named(stateful, 'AWS::DynamoDB::Table', table);
    expect(DeletionPolicy).toBe('Retain');
    expect(properties(stateful, 'AWS::DynamoDB::Table', table)).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
  });

  it('the books recover to any second and have the indexes the adapter reads', () => {
    const books = properties(stateful, 'AWS::DynamoDB::Table', 'Books');
    expect(books['PointInTimeRecoverySpecification'].PointInTimeRecoveryEnabled).toBe(true);
    const made = books['GlobalSecondaryIndexes'].map(({ IndexName, KeySchema, Projection }: Json) => {
      expect(Projection).toEqual({ ProjectionType: 'KEYS_ONLY' });
      return [IndexName, KeySchema.map(({ AttributeName }: Json) => AttributeName)];
    });
    expect(Object.fromEntries(made)).toEqual(indexes);
  });

  it('usage expires and is not recovered', () => {
    const usage = properties(stateful, 'AWS::DynamoDB::Table', 'Usage');
    expect(usage['TimeToLiveSpecification']).toEqual({ AttributeName: 'ttl', Enabled: true });
    expect(usage['PointInTimeRecoverySpecification']).toBeUndefined();
  });

  it('key, secrets, queues and logs outlive their stack, and the key is rotated', () => {
    expect(properties(stateful, 'AWS::KMS::Key', 'DataKey')['EnableKeyRotation']).toBe(true);
    const kept = [
      ...resourcesOf(stateful, 'AWS::KMS::Key'),
      ...resourcesOf(stateful, 'AWS::SecretsManager::Secret'),
      ...resourcesOf(stateless, 'AWS::SQS::Queue'),
      ...resourcesOf(stateless, 'AWS::Logs::LogGroup'),
    ];
    expect(kept.filter(([, { DeletionPolicy }]) => DeletionPolicy !== 'Retain').map(([name]) => name)).toEqual([]);
  });
});

describe('the whole', () => {
  it('keeps its logical names: what changes here is made anew, so a queue or table renamed would be empty', async () => {
    const held = ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::SecretsManager::Secret', 'AWS::SQS::Queue'];
    const names = [stateful, stateless].flatMap((template) =>
      held.flatMap((type) => resourcesOf(template, type).map(([name]) => `${type} ${name}`)),
    );
    await expect(`${names.toSorted().join('\n')}\n`).toMatchFileSnapshot('logical-names.txt');
  });

  it('stays far from CloudFormation’s 500 resources', () => {
    const count = [stateful, stateless].map(({ Resources }) => Object.keys(Resources).length);
    expect(count[0]! + count[1]!).toBeLessThan(300);
  });
});
