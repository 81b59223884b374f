/**
 * Secrets from AWS Secrets Manager. Each holds a JSON object of names as the
 * environment would have them, `{"STRIPE_SECRET_KEY": "…"}`, so that one machine can
 * give them plainly and a deployment never does. What a secret holds is in no error.
 */
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Bug } from '#domain/assert.ts';
import { Outage } from '#domain/outage.ts';
import type { Environment } from '../aws-clients.ts';

export const readSecrets = async (client: SecretsManagerClient, arns: readonly string[]): Promise<Environment> =>
  Object.assign({}, ...(await Promise.all(arns.map((arn) => readSecret(client, arn))))) as Environment;

const readSecret = async (client: SecretsManagerClient, arn: string): Promise<Environment> => {
  const { SecretString = '' } = await client
    .send(new GetSecretValueCommand({ SecretId: arn }))
    .catch((error: unknown) =>
      Promise.reject(new Outage(`reading secret ${arn}: ${error instanceof Error ? error.name : 'unknown error'}`)),
    );
  return namesIn(SecretString) ?? refuseToRead(arn);
};

const refuseToRead = (arn: string): never => {
  throw new Bug(`secret ${arn} is a JSON object of texts`);
};

const namesIn = (text: string): Environment | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    const isNames = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isNames && Object.values(value).every((each) => typeof each === 'string')
      ? (value as Environment)
      : undefined;
  } catch {
    return undefined;
  }
};
