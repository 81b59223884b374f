/**
 * What IAM is asked about a request to one of the four services, read from the request
 * itself. An operation that nobody here has learnt to ask about is refused.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { present } from '#domain/assert.ts';
import { account, queueNameIn, region } from './addresses.ts';
import { asksOfKey } from './asks-of-key.ts';
import { asksOfTables } from './asks-of-tables.ts';
import type { Deployment } from './deployment.ts';
import type { Ask } from './iam.ts';

export type ServiceName = 'dynamodb' | 'sqs' | 'ses' | 'secretsmanager';

export interface ServiceRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Input = Readonly<Record<string, unknown>>;

export const asksOfRequest = (
  deployment: Deployment,
  service: ServiceName,
  { headers, body }: ServiceRequest,
): readonly Ask[] => {
  if (service === 'ses') return asksOfMail(new URLSearchParams(body));
  const operation = String(headers['x-amz-target']).split('.').at(-1) ?? '';
  const input = JSON.parse(body) as Input;
  switch (service) {
    case 'dynamodb':
      return asksOfTables(deployment, operation, input);
    case 'sqs':
      return asksOfQueue(deployment, operation, input);
    case 'secretsmanager':
      return asksOfSecret(deployment, operation, input);
  }
};

/** What a batch is asked about is what one message is; a queue's key is opened to read and made new data keys with to write. */
const ofQueues: Readonly<Record<string, { readonly action: string; readonly key: Parameters<typeof asksOfKey>[3] }>> = {
  SendMessage: { action: 'SendMessage', key: ['GenerateDataKey', 'Decrypt'] },
  SendMessageBatch: { action: 'SendMessage', key: ['GenerateDataKey', 'Decrypt'] },
  ReceiveMessage: { action: 'ReceiveMessage', key: ['Decrypt'] },
  DeleteMessage: { action: 'DeleteMessage', key: [] },
  DeleteMessageBatch: { action: 'DeleteMessage', key: [] },
  ChangeMessageVisibility: { action: 'ChangeMessageVisibility', key: [] },
  GetQueueAttributes: { action: 'GetQueueAttributes', key: [] },
};

const asksOfQueue = (deployment: Deployment, operation: string, input: Input): readonly Ask[] => {
  const { action, key } = present(ofQueues[operation], `what IAM is asked about ${operation} is known here`);
  const queue = deployment.by('AWS::SQS::Queue', 'QueueName', queueNameIn(String(input['QueueUrl'])));
  return [
    { action: `sqs:${action}`, resource: queue.attributes['Arn'] ?? '', context: {} },
    ...asksOfKey(deployment, queue.properties.KmsMasterKeyId, 'sqs', key),
  ];
};

const asksOfSecret = (deployment: Deployment, operation: string, input: Input): readonly Ask[] => {
  if (operation !== 'GetSecretValue') throw new Error(`what IAM is asked about ${operation} is not known here`);
  const resource = String(input['SecretId']);
  const { KmsKeyId } = deployment.by('AWS::SecretsManager::Secret', 'Ref', resource).properties;
  return [
    { action: 'secretsmanager:GetSecretValue', resource, context: {} },
    ...asksOfKey(deployment, KmsKeyId, 'secretsmanager', ['Decrypt']),
  ];
};

/** A mail is sent by its sender's domain, which is what is verified. */
const asksOfMail = (form: URLSearchParams): readonly Ask[] => {
  const action = form.get('Action') ?? '';
  if (action !== 'SendRawEmail') throw new Error(`what IAM is asked about ${action} is not known here`);
  const from = form.get('Source') ?? '';
  return [
    {
      action: 'ses:SendRawEmail',
      resource: `arn:aws:ses:${region}:${account}:identity/${from.slice(from.indexOf('@') + 1)}`,
      context: { 'ses:FromAddress': from },
    },
  ];
};
