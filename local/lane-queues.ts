/** Each lane's queue and dead-letter queue, as the stack makes them. Made if absent. */
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { present } from '#domain/assert.ts';
import { type LaneName, laneNames, lanes } from '#functions/lanes.ts';

const queueName = (lane: LaneName): string => (lanes[lane].fifo ? `${lane}.fifo` : lane);
const deadLetterName = (lane: LaneName): string => (lanes[lane].fifo ? `${lane}-dead.fifo` : `${lane}-dead`);
export const deadLetterNames: readonly string[] = laneNames.map(deadLetterName);

/** Longer than any local run of a step takes, and short enough that a crash is soon made good. */
const visibilitySeconds = '60';

export const createLaneQueues = async (client: SQSClient): Promise<Readonly<Record<LaneName, string>>> =>
  Object.fromEntries(
    await Promise.all(laneNames.map(async (lane) => [lane, await createLaneQueue(client, lane)] as const)),
  ) as Record<LaneName, string>;

const createLaneQueue = async (client: SQSClient, lane: LaneName): Promise<string> => {
  const fifo = lanes[lane].fifo ? { FifoQueue: 'true' } : {};
  const dead = await create(client, deadLetterName(lane), { ...fifo, MessageRetentionPeriod: '1209600' });
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ['QueueArn'] }),
  );
  return create(client, queueName(lane), {
    ...fifo,
    VisibilityTimeout: visibilitySeconds,
    MessageRetentionPeriod: '1209600',
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: Attributes?.['QueueArn'],
      maxReceiveCount: lanes[lane].deliveries,
    }),
  });
};

/** The queue with these attributes, also where a folder of an earlier version has it with others. */
const create = async (
  client: SQSClient,
  QueueName: string,
  { FifoQueue, ...changing }: Record<string, string>,
): Promise<string> => {
  const known = await client.send(new GetQueueUrlCommand({ QueueName })).catch((error: unknown) => {
    if (error instanceof QueueDoesNotExist) return undefined;
    throw error;
  });
  if (known?.QueueUrl !== undefined) {
    await client.send(new SetQueueAttributesCommand({ QueueUrl: known.QueueUrl, Attributes: changing }));
    return known.QueueUrl;
  }
  const Attributes = { ...changing, ...(FifoQueue === undefined ? {} : { FifoQueue }) };
  const made = await client.send(new CreateQueueCommand({ QueueName, Attributes }));
  return present(made.QueueUrl, `queue ${QueueName} has an address`);
};
