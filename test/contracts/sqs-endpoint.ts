/**
 * A queue endpoint on a free port with a clock the test can move, and the AWS SDK's own client pointed at it. The SDK
 * checks every checksum and raises the service's exceptions, so what passes here passes in production code.
 */
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Message, ReceiveMessageCommandInput } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import type { QueueFaults } from '#local/sqs/faults.ts';
import { createQueues, type Queues } from '#local/sqs/queues.ts';
import { serveSqs } from '#local/sqs/serve-sqs.ts';

export interface SqsEndpoint {
  readonly client: SQSClient;
  readonly queues: Queues;
  /** Moves the queues' clock, which otherwise stands still, and tells them. */
  readonly advance: (seconds: number) => void;
  readonly createQueue: (name: string, attributes?: Record<string, string>) => Promise<string>;
  readonly arnOf: (url: string) => Promise<string>;
  readonly receive: (url: string, input?: Partial<ReceiveMessageCommandInput>) => Promise<Message[]>;
}

export async function openSqs(faults?: QueueFaults): Promise<SqsEndpoint> {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const queues = createQueues({ now: () => now, ...(faults && { faults }) });
  const server = await serveSqs({ queues });
  const client = sqsClient(server.url);
  onTestFinished(async () => {
    client.destroy();
    await server.close();
    queues.close();
  });
  return {
    client,
    queues,
    advance: (seconds) => {
      now += 1000 * seconds;
      queues.wake();
    },
    createQueue: async (QueueName, Attributes = {}) =>
      (await client.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '',
    arnOf: async (QueueUrl) => {
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
      return (await client.send(command)).Attributes?.QueueArn ?? '';
    },
    receive: (url, input) => receiveFrom(client, url, input),
  };
}

/** One attempt a call: a retry would hide a refusal. */
export const sqsClient = (endpoint: string): SQSClient =>
  new SQSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });

export async function receiveFrom(
  client: SQSClient,
  QueueUrl: string,
  input: Partial<ReceiveMessageCommandInput> = {},
): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
    ...input,
  });
  return (await client.send(command)).Messages ?? [];
}
