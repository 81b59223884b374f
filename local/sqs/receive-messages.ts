/**
 * ReceiveMessage: hands out up to ten visible messages and hides each for its visibility timeout. A FIFO queue hands out
 * a group's messages in the order sent and, while one of them is in flight, no other of that group.
 */
import * as z from 'zod';
import { attributesChecksum, bodyChecksum, selectAttributes, type MessageAttributes } from './message-attributes.ts';
import { receiptHandle, sequenceNumber, type MessageRow } from './message.ts';
import { forgetExpired, moveDeadLetters } from './move-messages.ts';
import { operation, type OperationContext } from './operation.ts';
import { findQueue, queueAtUrl, refuseUnknownQueue, type Queue } from './queue.ts';
import { nextVisibleAt } from './visibility.ts';

/** A reordering fault chooses among this many messages. */
const reorderWindow = 100;

const systemAttributeNames = [
  'All',
  'ApproximateFirstReceiveTimestamp',
  'ApproximateReceiveCount',
  'DeadLetterQueueSourceArn',
  'MessageDeduplicationId',
  'MessageGroupId',
  'SenderId',
  'SentTimestamp',
  'SequenceNumber',
] as const;

const receiveParameters = z.strictObject({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.int().min(0).max(43_200).optional(),
  WaitTimeSeconds: z.int().min(0).max(20).optional(),
  MessageAttributeNames: z.array(z.string()).default([]),
  /** The older name of MessageSystemAttributeNames; both are honoured. */
  AttributeNames: z.array(z.enum(systemAttributeNames)).default([]),
  MessageSystemAttributeNames: z.array(z.enum(systemAttributeNames)).default([]),
});

type ReceiveParameters = z.output<typeof receiveParameters>;

export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: MessageAttributes;
  readonly MD5OfMessageAttributes?: string;
}

export const receiveMessage = operation(
  receiveParameters,
  async (input, context): Promise<{ readonly Messages?: readonly ReceivedMessage[] }> => {
    const { name, waitMillis } = queueAtUrl(context.database, input.QueueUrl);
    const messages = await context.longPolls.take({
      queue: name,
      waitMillis: input.WaitTimeSeconds === undefined ? waitMillis : 1000 * input.WaitTimeSeconds,
      // The queue is read afresh at each attempt: it may have been changed or deleted while its consumer waited.
      attempt: () => receive(findQueue(context.database, name) ?? refuseUnknownQueue(), input, context),
      untilVisible: () => (nextVisibleAt(context.database, context.now(), name) ?? Infinity) - context.now(),
      signal: context.signal,
    });
    return messages.length > 0 ? { Messages: messages } : {};
  },
);

function receive(queue: Queue, input: ReceiveParameters, context: OperationContext): readonly ReceivedMessage[] {
  const { database, faults, longPolls } = context;
  const now = context.now();
  const hiddenMillis = input.VisibilityTimeout === undefined ? queue.visibilityMillis : 1000 * input.VisibilityTimeout;
  let deadLetterQueue: string | undefined;
  const messages = database.atomically(() => {
    forgetExpired(database, queue, now);
    deadLetterQueue = moveDeadLetters(database, queue, now);
    const taken = queue.isFifo
      ? nextInGroups(context, queue, now, input.MaxNumberOfMessages)
      : faults.reorder(queue.name, visiblePositions(context, queue, now)).slice(0, input.MaxNumberOfMessages);
    return taken.map((position) => hide(context, position, now, now + hiddenMillis));
  });
  if (deadLetterQueue !== undefined) longPolls.wake(deadLetterQueue);
  return messages.map((message) => present(queue, message, input));
}

function visiblePositions({ database }: OperationContext, queue: Queue, now: number): number[] {
  const rows = database.sql.all`
    select position from message where queue = ${queue.name} and visible_at <= ${now}
    order by visible_at, position limit ${reorderWindow}`;
  return rows.map((row) => row['position'] as number);
}

/** A message waits while one of its group is in flight, or an earlier one is delayed. */
function nextInGroups({ database }: OperationContext, queue: Queue, now: number, limit: number): number[] {
  const rows = database.sql.all`
    select position from message indexed by message_by_arrival
    where queue = ${queue.name} and visible_at <= ${now} and not exists (
      select 1 from message as hidden
      where hidden.queue = message.queue and hidden.group_id = message.group_id and hidden.visible_at > ${now}
        and (hidden.receive_count > 0 or hidden.position < message.position))
    order by position limit ${limit}`;
  return rows.map((row) => row['position'] as number);
}

function hide({ database }: OperationContext, position: number, now: number, until: number): MessageRow {
  const row = database.sql.get`
    update message set visible_at = ${until}, receive_count = receive_count + 1,
      first_received_at = coalesce(first_received_at, ${now})
    where position = ${position} returning *`;
  return row as unknown as MessageRow;
}

function present(queue: Queue, message: MessageRow, input: ReceiveParameters): ReceivedMessage {
  const wanted: readonly string[] = [...input.AttributeNames, ...input.MessageSystemAttributeNames];
  const attributes = selectAttributes(JSON.parse(message.attributes) as MessageAttributes, input.MessageAttributeNames);
  const attributesMd5 = attributesChecksum(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(queue, message),
    Body: message.body,
    MD5OfBody: bodyChecksum(message.body),
    ...(wanted.length > 0 && { Attributes: systemAttributes(queue, message, wanted) }),
    ...(attributesMd5 && { MessageAttributes: attributes, MD5OfMessageAttributes: attributesMd5 }),
  };
}

function systemAttributes(queue: Queue, message: MessageRow, wanted: readonly string[]): Record<string, string> {
  const known: Readonly<Record<string, string | number | null>> = {
    ApproximateFirstReceiveTimestamp: message.first_received_at,
    ApproximateReceiveCount: message.receive_count,
    DeadLetterQueueSourceArn: message.dead_letter_source,
    MessageDeduplicationId: message.deduplication_id,
    MessageGroupId: message.group_id,
    SenderId: 'local',
    SentTimestamp: message.sent_at,
    SequenceNumber: queue.isFifo ? sequenceNumber(message.position) : null,
  };
  const selected = Object.entries(known).filter(
    ([name, value]) => value !== null && (wanted.includes('All') || wanted.includes(name)),
  );
  return Object.fromEntries(selected.map(([name, value]) => [name, String(value)]));
}
