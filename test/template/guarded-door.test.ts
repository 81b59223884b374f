/** The doors before the services, as the AWS clients of a function see them: who may not is told so as AWS tells. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { present } from '#domain/assert.ts';
import { dynamodbClient, secretsClient, sesClient, sqsClient } from '#functions/adapters/aws-clients.ts';
import { asksOfRequest, type ServiceName } from '#local/template/asks-of-request.ts';
import { deploymentOf } from '#local/template/deployment.ts';
import { credentialsOf } from '#local/template/function-environment.ts';
import { guardedDoor, type GuardedDoor } from '#local/template/guarded-door.ts';
import { type Ask, openIam } from '#local/template/iam.ts';
import { serveSecrets, type SecretsDoor } from '#local/template/serve-secrets.ts';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};
const generated = {
  SecretStringTemplate: '{}',
  GenerateStringKey: 'PEPPER',
  PasswordLength: 48,
  ExcludePunctuation: true,
};
const resources = {
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
  Log: { Type: 'AWS::Logs::LogGroup', Properties: {} },
  Small: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Handler: 'index.handler',
      Code: { S3Key: 'none' },
      Runtime: 'nodejs24.x',
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Timeout: 3,
      LoggingConfig: { LogGroup: { Ref: 'Log' } },
    },
  },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    },
  },
  Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
  Pepper: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: generated } },
};

const deployment = deploymentOf(
  { stacks: [{ name: 'S', template: { Resources: resources } }], code: {} },
  { api: 'http://127.0.0.1:1', sqs: 'http://127.0.0.1:2' },
);
const arn = present(deployment.all('AWS::SecretsManager::Secret')[0]?.attributes['Ref'], 'there is a secret');
const asked: Ask[] = [];
let mayRead = false;
const iam = openIam(deployment, ({ by: _, ...ask }) => {
  asked.push(ask);
  return mayRead;
});

const folder = mkdtempSync(join(tmpdir(), 'countinghouse-guards-'));
const guards = new Map<ServiceName, GuardedDoor>();
let secrets: SecretsDoor;
let env: Record<string, string>;
beforeAll(async () => {
  secrets = await serveSecrets({
    file: join(folder, 'secrets.json'),
    secrets: deployment.all('AWS::SecretsManager::Secret'),
    putIn: {},
  });
  env = { ...credentialsOf(iam.principal('Small')) };
  const names = { dynamodb: 'DYNAMODB', sqs: 'SQS', ses: 'SES', secretsmanager: 'SECRETS_MANAGER' } as const;
  for (const service of ['dynamodb', 'sqs', 'ses', 'secretsmanager'] as const) {
    const guard = await guardedDoor(service);
    // Only the secrets are there: whatever else comes through meets nobody.
    const inner = service === 'secretsmanager' ? secrets.url : 'http://127.0.0.1:1';
    guard.open({ iam, inner, asksOf: (request) => asksOfRequest(deployment, service, request) });
    guards.set(service, guard);
    env[`AWS_ENDPOINT_URL_${names[service]}`] = guard.url;
  }
});
afterAll(async () => {
  for (const door of [...guards.values(), secrets]) await door.close();
  rmSync(folder, { recursive: true });
});

const reading = (of = env) => secretsClient(of).send(new GetSecretValueCommand({ SecretId: arn }));

describe('whoever may not', () => {
  it('is told AccessDenied by each service, in its own way', async () => {
    mayRead = false;
    const QueueUrl = deployment.all('AWS::SQS::Queue')[0]?.attributes['Ref'];
    const Key = { pk: { S: 'L#C#1' } };
    const mail = { Source: 'a@b.example', Destinations: [], RawMessage: { Data: new Uint8Array([1]) } };
    const denied = { name: 'AccessDeniedException' };
    await expect(dynamodbClient(env).send(new GetItemCommand({ TableName: 'S-Table', Key }))).rejects.toMatchObject(
      denied,
    );
    await expect(sqsClient(env).send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }))).rejects.toMatchObject(
      denied,
    );
    await expect(reading()).rejects.toMatchObject(denied);
    await expect(sesClient(env).send(new SendRawEmailCommand(mail))).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(asked).toEqual([
      {
        action: 'dynamodb:GetItem',
        resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/S-Table',
        context: { 'dynamodb:LeadingKeys': ['L#C#1'] },
      },
      { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:us-east-1:000000000000:S-Queue', context: {} },
      { action: 'secretsmanager:GetSecretValue', resource: arn, context: {} },
      {
        action: 'ses:SendRawEmail',
        resource: 'arn:aws:ses:us-east-1:000000000000:identity/b.example',
        context: { 'ses:FromAddress': 'a@b.example' },
      },
    ]);
    expect(iam.denials()).toHaveLength(4);
  });

  it('is nobody, with a key that no function has', async () => {
    const stranger = { ...env, AWS_ACCESS_KEY_ID: 'LOCALNobody' };
    await expect(reading(stranger)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });
});

describe('whoever may', () => {
  it('reads a secret that was made by chance, and stays', async () => {
    mayRead = true;
    const first = await reading();
    expect(JSON.parse(first.SecretString!)).toEqual({ PEPPER: expect.stringMatching(/^[A-Za-z0-9]{48}$/) });
    expect((await reading()).SecretString).toBe(first.SecretString);
    expect(secrets.values()).toEqual(JSON.parse(first.SecretString!));
  });

  it('is refused what nobody here understands, aloud', async () => {
    mayRead = true;
    const aloud = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await expect(secretsClient(env).send(new ListSecretsCommand({}))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 500 },
    });
    expect(String(aloud.mock.calls[0])).toContain('what IAM is asked about ListSecrets is not known here');
    aloud.mockRestore();
    const operator = { ...env, ...credentialsOf(iam.operator) };
    await expect(secretsClient(operator).send(new ListSecretsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});
