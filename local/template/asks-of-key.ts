/** What IAM is asked about the key that something is encrypted with: the service uses it in the caller's name. */
import { region } from './addresses.ts';
import type { Deployment } from './deployment.ts';
import type { Ask } from './iam.ts';

export const asksOfKey = (
  deployment: Deployment,
  key: string | undefined,
  service: 'dynamodb' | 'sqs' | 'secretsmanager',
  actions: readonly ('Decrypt' | 'GenerateDataKey')[],
): readonly Ask[] =>
  key === undefined
    ? []
    : actions.map((action) => ({
        action: `kms:${action}`,
        resource: key,
        resourcePolicy: deployment.by('AWS::KMS::Key', 'Arn', key).properties.KeyPolicy,
        context: { 'kms:ViaService': `${service}.${region}.amazonaws.com` },
      }));
