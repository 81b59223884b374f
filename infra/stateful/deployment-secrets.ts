/**
 * The secrets of a deployment, each a JSON object of the names a function asks for.
 * Two are made here by chance and never seen by anybody. Stripe's is put in by hand
 * before the first charge; until then the money lane stops and its alarm says so.
 */
import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { SecretName } from '../needs/environment-names.ts';

const secret = (stack: Stack, key: IKey, id: string, description: string, made: string) =>
  new Secret(stack, id, {
    description: `Countinghouse: ${description}`,
    encryptionKey: key,
    removalPolicy: RemovalPolicy.RETAIN,
    generateSecretString: {
      secretStringTemplate: '{}',
      generateStringKey: made,
      passwordLength: 48,
      excludePunctuation: true,
    },
  });

export const deploymentSecrets = (stack: Stack, key: IKey): Readonly<Record<SecretName, Secret>> => ({
  stripe: secret(
    stack,
    key,
    'StripeSecret',
    'replace by {"STRIPE_SECRET_KEY": "…", "STRIPE_WEBHOOK_SECRETS": "…"}, two webhook secrets with a comma while one replaces the other',
    'TO_BE_REPLACED',
  ),
  payLinks: secret(stack, key, 'PayLinkSecret', 'signs the pay links in bills', 'PAY_LINK_SECRET'),
  apiKeys: secret(stack, key, 'ApiKeySecret', 'keys the hashes of API keys', 'API_KEY_PEPPER'),
});
