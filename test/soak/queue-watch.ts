/**
 * The queues as a person on call sees them: whether anything is under way, how many
 * messages were given up on, and a way to put those back into their lanes.
 */
import { GetQueueAttributesCommand, type SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { type LaneName, laneNames } from '#functions/lanes.ts';
import { deadLetterNames } from '#local/lane-queues.ts';
import { arnOfQueue } from '#local/sqs/address.ts';

export interface QueueWatch {
  /** Messages that wait, are worked on or are to come back later; undefined while the queues are away. */
  readonly underWay: () => Promise<number | undefined>;
  readonly deadLetters: () => Promise<number | undefined>;
  /** How many messages were put back. */
  readonly redrive: () => Promise<number>;
}

const countNames = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

export const queueWatch = (sqs: SQSClient, laneUrls: Readonly<Record<LaneName, string>>): QueueWatch => {
  const messagesIn = async (QueueUrl: string): Promise<number> => {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...countNames] }),
    );
    return countNames.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
  };
  const sumOf = async (urls: readonly string[]): Promise<number | undefined> => {
    const counts = await Promise.allSettled(urls.map(messagesIn));
    return counts.reduce<number | undefined>(
      (sum, each) => (sum === undefined || each.status === 'rejected' ? undefined : sum + each.value),
      0,
    );
  };
  const urls = laneNames.map((lane) => laneUrls[lane]);
  const deadUrls = deadLetterNames.map((name) => new URL(name, laneUrls.billing).href);

  return {
    underWay: () => sumOf(urls),
    deadLetters: () => sumOf(deadUrls),
    redrive: async () => {
      const found = await sumOf(deadUrls);
      if (found === undefined || found === 0) return 0;
      for (const name of deadLetterNames)
        await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOfQueue(name) })).catch(() => undefined);
      return found;
    },
  };
};
