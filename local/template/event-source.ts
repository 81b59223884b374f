/**
 * Feeds a function from a queue as its event-source mapping says, in the name of the
 * function's own role: receives a batch, invokes, deletes what was answered, and leaves
 * what failed to come back. Where the mapping does not report failures one by one, a
 * batch stands or falls as a whole.
 */
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { setTimeout as pause } from 'node:timers/promises';
import { region } from './addresses.ts';
import type { LambdaFunction } from './lambda-function.ts';

export interface EventSource {
  /** Messages it has taken from its queue since it began. */
  taken(): number;
  /** True while a batch is in its hands. */
  busy(): boolean;
  stop(): Promise<void>;
}

export interface EventSourceOptions {
  readonly client: SQSClient;
  readonly queue: { readonly url: string; readonly arn: string; readonly name: string };
  readonly target: LambdaFunction;
  readonly batchSize: number;
  readonly reportsFailures: boolean;
  readonly onFailure: (what: string) => void;
}

const concurrency = 2;
const afterFailureMs = 500;

export const eventSource = (options: EventSourceOptions): EventSource => {
  const { onFailure } = options;
  const stopping = new AbortController();
  let inHand = 0;
  let taken = 0;

  const work = async () => {
    while (!stopping.signal.aborted) {
      const messages = await receive(options, stopping.signal).catch(async (error: unknown) => {
        if (!stopping.signal.aborted) onFailure(`receiving from ${options.queue.name}: ${String(error)}`);
        await pause(afterFailureMs, undefined, { signal: stopping.signal }).catch(() => undefined);
        return [];
      });
      if (messages.length === 0) continue;
      inHand += 1;
      taken += messages.length;
      await answerBatch(options, messages).catch((error: unknown) =>
        onFailure(`a batch of ${options.queue.name} comes back: ${String(error)}`),
      );
      inHand -= 1;
    }
  };
  const working = Promise.all(Array.from({ length: concurrency }, work));
  return {
    taken: () => taken,
    busy: () => inHand > 0,
    stop: async () => {
      stopping.abort();
      await working;
    },
  };
};

const receive = async ({ client, queue, batchSize }: EventSourceOptions, abortSignal: AbortSignal) => {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: queue.url,
      MaxNumberOfMessages: batchSize,
      WaitTimeSeconds: 20,
      MessageSystemAttributeNames: ['All'],
    }),
    { abortSignal },
  );
  return Messages;
};

const answerBatch = async (
  { client, queue, target, reportsFailures }: EventSourceOptions,
  messages: readonly Message[],
): Promise<void> => {
  const event: SQSEvent = { Records: messages.map((message) => recordOf(message, queue.arn)) };
  const answer = await target.invoke(event, queue.name);
  const failed = reportsFailures ? failedOf(answer, event) : new Set<string>();
  const done = messages.filter(({ MessageId = '' }) => !failed.has(MessageId));
  if (done.length === 0) return;
  const Entries = done.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
  const { Failed = [] } = await client.send(new DeleteMessageBatchCommand({ QueueUrl: queue.url, Entries }));
  if (Failed.length > 0) throw new Error(`${String(Failed.length)} answered messages were not deleted`);
};

/** Lambda takes an answer it cannot read for a failure of the whole batch. */
const failedOf = (answer: unknown, { Records }: SQSEvent): ReadonlySet<string> => {
  const { batchItemFailures = [] } = (answer ?? {}) as {
    readonly batchItemFailures?: readonly { readonly itemIdentifier?: unknown }[] | null;
  };
  const named = (batchItemFailures ?? []).map(({ itemIdentifier }) => String(itemIdentifier));
  const stranger = named.find((id) => !Records.some(({ messageId }) => messageId === id));
  if (stranger !== undefined) throw new Error(`the answer names ${stranger}, which was not in the batch`);
  return new Set(named);
};

const recordOf = (
  { MessageId = '', Body = '', ReceiptHandle = '', MD5OfBody = '', Attributes }: Message,
  eventSourceARN: string,
): SQSRecord => ({
  messageId: MessageId,
  receiptHandle: ReceiptHandle,
  body: Body,
  attributes: Attributes as unknown as SQSRecord['attributes'],
  messageAttributes: {},
  md5OfBody: MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN,
  awsRegion: region,
});
