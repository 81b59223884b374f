/**
 * Feeds a lane from its queue, as an event-source mapping does: receives a batch,
 * invokes the lane's handler, deletes what it answered, and leaves what failed to
 * come back when its visibility ends. Queues that are away are asked again in a moment.
 * Two at a time, for a small machine is slower with more.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { type LaneName, lanes } from '#functions/lanes.ts';
import type { LaneHandler } from '#functions/runtime/lane-handler.ts';

export interface LaneWorker {
  /** Messages it has taken from its queue since it began. */
  taken(): number;
  /** True while a batch is in its hands. */
  busy(): boolean;
  stop(): Promise<void>;
}

const concurrency = 2;
const queuesAreAwayMs = 100;

export const laneWorker = (lane: LaneName, handler: LaneHandler, client: SQSClient, queueUrl: string): LaneWorker => {
  const stopping = new AbortController();
  let inHand = 0;
  let taken = 0;

  const work = async () => {
    while (!stopping.signal.aborted) {
      const messages = await receive(client, queueUrl, lane, stopping.signal);
      if (messages.length === 0) continue;
      inHand += 1;
      taken += messages.length;
      try {
        await answerBatch(handler, client, queueUrl, messages);
      } finally {
        inHand -= 1;
      }
    }
  };
  const working = Promise.all(Array.from({ length: lanes[lane].fifo ? 1 : concurrency }, work));
  return {
    taken: () => taken,
    busy: () => inHand > 0,
    stop: async () => {
      stopping.abort();
      await working;
    },
  };
};

const receive = async (
  client: SQSClient,
  QueueUrl: string,
  lane: LaneName,
  signal: AbortSignal,
): Promise<readonly Message[]> => {
  try {
    const { Messages } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: lanes[lane].batchSize,
        WaitTimeSeconds: 20,
        MessageSystemAttributeNames: ['All'],
      }),
      { abortSignal: signal },
    );
    return Messages ?? [];
  } catch (error) {
    if (signal.aborted) return [];
    console.error(`lane ${lane} could not be asked for messages: ${String(error)}`);
    await pause(queuesAreAwayMs);
    return [];
  }
};

const answerBatch = async (
  handler: LaneHandler,
  client: SQSClient,
  QueueUrl: string,
  messages: readonly Message[],
): Promise<void> => {
  const answer = await handler({ Records: messages.map(recordOf) } satisfies SQSEvent);
  const failed = new Set(
    'batchItemFailures' in answer ? answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) : [],
  );
  const done = messages.filter(({ MessageId }) => !failed.has(MessageId ?? ''));
  if (done.length === 0) return;
  const Entries = done.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
  const failures = await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries })).then(
    ({ Failed = [] }) => Failed.length,
    () => done.length,
  );
  // What was not deleted comes back, and whoever hears it again finds it done.
  if (failures > 0) console.error(`${String(failures)} messages were answered but not deleted; they come back`);
};

const recordOf = ({ MessageId, Body, ReceiptHandle, Attributes }: Message): SQSRecord => ({
  messageId: MessageId ?? '',
  receiptHandle: ReceiptHandle ?? '',
  body: Body ?? '',
  attributes: Attributes as unknown as SQSRecord['attributes'],
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: 'us-east-1',
});
