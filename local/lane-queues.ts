/** Each lane's queue and dead-letter queue, as the stack makes them. Made if absent. */
import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
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

const create = async (client: SQSClient, QueueName: string, Attributes: Record<string, string>): Promise<string> =>
  present(
    (await client.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl,
    `queue ${QueueName} has an address`,
  );
