/**
 * Feeds each lane from its queue as an event-source mapping does, up to two batches at
 * a time: receives, hands to a process, deletes what was answered. What a dead process
 * had in hand comes back when its visibility ends.
 */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type LaneName, laneNames, lanes } from '#functions/lanes.ts';
import { nameInUrl } from '#local/sqs/address.ts';
import type { ReceivedMessage } from '#local/sqs/receive-messages.ts';
import type { Faults } from '../engine/faults.ts';
import { Died } from '../engine/process.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { Engines } from './engines.ts';
import type { Fleet } from './fleet.ts';
import { skewed } from './skew.ts';

export interface LaneFeeders {
  /** Messages may wait in this lane. */
  look(lane: LaneName): void;
  lookEverywhere(): void;
}

const atATime = 2;

export const laneFeeders = (
  engines: Engines,
  fleet: Fleet,
  parts: {
    readonly scheduler: Scheduler;
    readonly faults: Faults;
    /** A lane that is stopped takes no message; what it has in hand ends by itself. */
    readonly isStopped: (lane: LaneName) => boolean;
  },
): LaneFeeders => {
  const { scheduler, faults, isStopped } = parts;
  const { queues, laneUrls } = engines;
  const inHand = new Map<LaneName, number>();
  /** When each lane will be looked at, so that no two looks are at once. */
  const looksAt = new Map<LaneName, Set<number>>(laneNames.map((lane) => [lane, new Set()]));

  const plan = (lane: LaneName, atMs: number) => {
    const looks = looksAt.get(lane) ?? new Set();
    if ([...looks].some((at) => at <= atMs)) return;
    looks.add(atMs);
    scheduler.soon(
      `receive ${lane}`,
      () => {
        looks.delete(atMs);
        void receive(lane);
      },
      { atMs },
    );
  };
  const look = (lane: LaneName) => {
    plan(lane, scheduler.now());
  };

  const receive = async (lane: LaneName) => {
    const busy = inHand.get(lane) ?? 0;
    if (busy >= atATime || isStopped(lane)) return;
    const name = nameInUrl(laneUrls[lane]);
    if (!queues.isAnyVisible(name)) {
      const next = queues.nextVisibleAt(name);
      if (next !== undefined) plan(lane, next);
      return;
    }
    const { Messages = [] } = await queues.execute('ReceiveMessage', {
      QueueUrl: laneUrls[lane],
      MaxNumberOfMessages: lanes[lane].batchSize,
      WaitTimeSeconds: 0,
      MessageSystemAttributeNames: ['All'],
    });
    if (Messages.length === 0) {
      // Visible, and yet not given out: moved to the dead letters just now, or behind one of its group.
      const next = queues.nextVisibleAt(name);
      if (next !== undefined) plan(lane, next);
      return;
    }
    inHand.set(lane, busy + 1);
    look(lane);
    try {
      await answer(lane, Messages);
    } finally {
      inHand.set(lane, (inHand.get(lane) ?? 1) - 1);
      look(lane);
    }
  };

  const answer = async (lane: LaneName, messages: readonly ReceivedMessage[]) => {
    const deliverAgain = () => void showAgain(lane, messages);
    let failed: ReadonlySet<string>;
    try {
      const said = (await fleet.run(lane, deliverAgain, (handlers) =>
        handlers.lanes[lane]({ Records: messages.map((each) => skewed(recordOf(each), faults)) } satisfies SQSEvent),
      )) as SQSBatchResponse;
      failed = new Set(said.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    } catch (error) {
      if (error instanceof Died) return;
      throw error;
    }
    const done = messages.filter(({ MessageId }) => !failed.has(MessageId));
    if (done.length === 0 || faults.strikes('queue.not-deleted')) return;
    await new Promise<void>((resolve) => scheduler.soon(`delete ${lane}`, resolve));
    await queues.execute('DeleteMessageBatch', {
      QueueUrl: laneUrls[lane],
      Entries: done.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle })),
    });
  };

  const showAgain = async (lane: LaneName, messages: readonly ReceivedMessage[]) => {
    await queues.execute('ChangeMessageVisibilityBatch', {
      QueueUrl: laneUrls[lane],
      Entries: messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle, VisibilityTimeout: 0 })),
    });
    look(lane);
  };

  return { look, lookEverywhere: () => laneNames.forEach(look) };
};

const recordOf = ({ MessageId, Body, ReceiptHandle, Attributes }: ReceivedMessage): SQSRecord => ({
  messageId: MessageId,
  receiptHandle: ReceiptHandle,
  body: Body,
  attributes: Attributes as unknown as SQSRecord['attributes'],
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: 'us-east-1',
});
