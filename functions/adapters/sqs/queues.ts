/**
 * Hands messages to lanes. A send that the queue takes only in part is an outage: the
 * outbox page stays and everything is sent again, which hearers bear because each
 * message's effect happens once.
 */
import { ChangeMessageVisibilityCommand, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { present } from '#domain/assert.ts';
import { Outage } from '#domain/outage.ts';
import { type LaneName, lanes } from '../../lanes.ts';
import type { LaneMessage } from '../../lane-message.ts';

export interface Queues {
  send(messages: readonly LaneMessage[]): Promise<void>;
  /** Lets a message that could not be answered come back after so many seconds. */
  postpone(lane: LaneName, receipt: string, seconds: number): Promise<void>;
}

export const queues = (client: SQSClient, urls: Readonly<Partial<Record<LaneName, string>>>): Queues => ({
  send: async (messages) => {
    for (const [lane, ofLane] of Map.groupBy(messages, (message) => message.lane)) {
      const QueueUrl = present(urls[lane], `this function may send to lane ${lane}`);
      for (let at = 0; at < ofLane.length; at += 10) {
        const Entries = ofLane.slice(at, at + 10).map(({ body, group }, i) => ({
          Id: String(i),
          MessageBody: JSON.stringify(body),
          ...(lanes[lane].fifo
            ? { MessageGroupId: group, MessageDeduplicationId: `${body.id}-${body.step}`.slice(0, 128) }
            : {}),
        }));
        const answer = await client
          .send(new SendMessageBatchCommand({ QueueUrl, Entries }))
          .catch((error: unknown) => Promise.reject(new Outage(`sending to lane ${lane}`, { cause: error })));
        if ((answer.Failed?.length ?? 0) > 0)
          throw new Outage(`lane ${lane} did not take ${String(answer.Failed?.length)} messages`);
      }
    }
  },
  postpone: async (lane, ReceiptHandle, VisibilityTimeout) => {
    const QueueUrl = present(urls[lane], `this function may postpone in lane ${lane}`);
    await client
      .send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }))
      .catch((error: unknown) => Promise.reject(new Outage(`postponing a message of lane ${lane}`, { cause: error })));
  },
});
