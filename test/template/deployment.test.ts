/** Templates read: references worked out, and whatever is not understood refused by name. */
import { describe, expect, it } from 'vitest';
import type { Json } from '#local/api-client.ts';
import type { Assembly } from '#local/template/assembly.ts';
import { deploymentOf } from '#local/template/deployment.ts';
import { cronTimes } from '#local/template/cron-times.ts';

const origins = { api: 'http://127.0.0.1:1', sqs: 'http://127.0.0.1:2' };
const queue = (Properties: Json = {}) => ({ Type: 'AWS::SQS::Queue', Properties });

const inBraces = (name: string): string => `\${${name}}`;

const assemblyOf = (resources: Json, first: Json = { Resources: {} }): Assembly => ({
  stacks: [
    { name: 'First', template: first },
    { name: 'Second', template: { Resources: resources } },
  ],
  code: {},
});

describe('references', () => {
  it('are worked out within a stack and across two', () => {
    const first = {
      Resources: { Dead: queue() },
      Outputs: { Out: { Value: { 'Fn::GetAtt': ['Dead', 'Arn'] }, Export: { Name: 'First:Dead' } } },
    };
    const policy = { deadLetterTargetArn: { 'Fn::ImportValue': 'First:Dead' }, maxReceiveCount: 3 };
    const role = {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        Roles: [{ Ref: 'Feed' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Resource: [
                { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':', { Ref: 'Feed' }]] },
                { 'Fn::Sub': `${inBraces('Feed.QueueName')} in ${inBraces('AWS::Region')}` },
              ],
            },
          ],
        },
      },
    };
    const deployment = deploymentOf(
      assemblyOf({ Feed: queue({ RedrivePolicy: policy }), Policy: role }, first),
      origins,
    );
    const [dead, feed] = deployment.all('AWS::SQS::Queue');
    expect(feed?.properties.RedrivePolicy).toEqual({
      deadLetterTargetArn: dead?.attributes['Arn'],
      maxReceiveCount: 3,
    });
    const [made] = deployment.all('AWS::IAM::ManagedPolicy');
    expect(made?.properties.PolicyDocument.Statement[0]?.['Resource']).toEqual([
      'arn:aws:http://127.0.0.1:2/000000000000/Second-Feed',
      'Second-Feed in us-east-1',
    ]);
    expect(deployment.by('AWS::SQS::Queue', 'QueueName', 'First-Dead')).toBe(dead);
    expect(() => deployment.by('AWS::SQS::Queue', 'QueueName', 'Feed')).toThrow('0 resources');
  });

  it.each([
    [{ Ref: 'Nobody' }, 'Ref of Nobody'],
    [{ 'Fn::GetAtt': ['Feed', 'Colour'] }, 'Colour of Feed'],
    [{ 'Fn::ImportValue': 'First:Nothing' }, 'exports First:Nothing'],
    [{ 'Fn::Select': [0, []] }, 'Fn::Select'],
  ])('%o leads nowhere and says so', (value, complaint) => {
    expect(() => deploymentOf(assemblyOf({ Feed: queue({ DelaySeconds: value }) }), origins)).toThrow(complaint);
  });
});

describe('what is not understood is refused:', () => {
  it.each([
    ['a type', { Topic: { Type: 'AWS::Kinesis::Stream' } }, 'Topic is of type AWS::Kinesis::Stream'],
    ['a property', { Feed: queue({ SqsManagedSseEnabled: true }) }, 'SqsManagedSseEnabled'],
    ['a value', { Feed: queue({ FifoQueue: 'yes' }) }, 'Feed (AWS::SQS::Queue) FifoQueue'],
    ['a condition', { Feed: { ...queue(), Condition: 'IsLive' } }, 'has an attribute Condition'],
  ])('%s', (_, resources, complaint) => {
    expect(() => deploymentOf(assemblyOf(resources), origins)).toThrow(complaint);
  });

  it('a section of a template', () => {
    expect(() => deploymentOf(assemblyOf({}, { Resources: {}, Conditions: {} }), origins)).toThrow(
      'a section Conditions',
    );
  });
});

describe('schedules', () => {
  it.each([
    ['cron(0 1 * * ? *)', '2026-02-27T01:00:00Z', '2026-02-28T01:00:00Z'],
    ['cron(30 9 * * ? *)', '2026-02-27T01:00:00Z', '2026-02-27T09:30:00Z'],
    ['cron(0/15 * * * ? *)', '2026-02-28T23:50:00Z', '2026-03-01T00:00:00Z'],
    ['cron(0 0/4 * * ? *)', '2026-02-28T04:00:00Z', '2026-02-28T08:00:00Z'],
    ['cron(5,10 2 * * ? *)', '2026-02-28T02:05:00Z', '2026-02-28T02:10:00Z'],
  ])('%s fires after %s at %s', (expression, after, at) => {
    expect(cronTimes(expression)(Date.parse(after))).toBe(Date.parse(at));
  });

  it.each(['rate(1 hour)', 'cron(0 1 1 * ? *)', 'cron(0 25 * * ? *)', 'cron(a * * * ? *)'])(
    '%s is refused',
    (expression) => {
      expect(() => cronTimes(expression)).toThrow('is a schedule nobody here understands');
    },
  );
});
