/**
 * The AWS clients, from the environment: where a service is and who asks, as the SDK
 * itself would read them. Given an environment of its own, a process can hold several
 * clouds at once. Two tries more than one for the store and the queues; a mail is
 * handed over once, for a second try could be a second mail.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';

export type Environment = Readonly<Record<string, string | undefined>>;

export const dynamodbClient = (env: Environment): DynamoDBClient =>
  new DynamoDBClient({ ...settings(env, 'DYNAMODB'), maxAttempts: 3 });

/** For the usage log, which stamps each try anew and so tries again itself. */
export const usageClient = (env: Environment): DynamoDBClient =>
  new DynamoDBClient({ ...settings(env, 'DYNAMODB'), maxAttempts: 1 });

/** `timeoutMs` must be longer than a long poll where one is made. */
export const sqsClient = (env: Environment, timeoutMs = 10_000): SQSClient =>
  new SQSClient({ ...settings(env, 'SQS', timeoutMs), maxAttempts: 3 });

export const sesClient = (env: Environment): SESClient => new SESClient({ ...settings(env, 'SES'), maxAttempts: 1 });

export const secretsClient = (env: Environment): SecretsManagerClient =>
  new SecretsManagerClient({ ...settings(env, 'SECRETS_MANAGER'), maxAttempts: 3 });

const settings = (env: Environment, service: 'DYNAMODB' | 'SQS' | 'SES' | 'SECRETS_MANAGER', timeoutMs = 10_000) => {
  const {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  const endpoint = env[`AWS_ENDPOINT_URL_${service}`];
  return {
    // A hung socket must not cost a whole lane's time.
    requestHandler: { connectionTimeout: 2_000, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) } }),
  };
};
