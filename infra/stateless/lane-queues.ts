/**
 * A queue and a dead-letter queue for each lane that is sent messages. Queues are
 * retained: a lane renamed by mistake leaves its messages where they are, to be moved.
 */
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type LaneName, lanes } from '#functions/lanes.ts';
import { lanesWithQueue } from '../needs/function-needs.ts';

export interface LaneQueue {
  readonly queue: Queue;
  readonly dead: Queue;
}

/** SQS gives a message to a second function while the first may still run unless it waits this much longer. */
const visibilityTimeouts = 6;

export const laneQueues = (stack: Stack, encryptionMasterKey: IKey): ReadonlyMap<LaneName, LaneQueue> =>
  new Map(
    lanesWithQueue.map((lane) => {
      const { fifo, timeoutSeconds, deliveries } = lanes[lane];
      const scope = new Construct(stack, `${lane}-queue`);
      const kept = {
        ...(fifo ? { fifo } : {}),
        encryption: QueueEncryption.KMS,
        encryptionMasterKey,
        enforceSSL: true,
        retentionPeriod: Duration.days(14),
        removalPolicy: RemovalPolicy.RETAIN,
      };
      const dead = new Queue(scope, 'Dead', kept);
      const queue = new Queue(scope, 'Queue', {
        ...kept,
        visibilityTimeout: Duration.seconds(visibilityTimeouts * timeoutSeconds),
        deadLetterQueue: { queue: dead, maxReceiveCount: deliveries },
      });
      return [lane, { queue, dead }] as const;
    }),
  );
