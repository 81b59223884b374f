/**
 * SendMessage and SendMessageBatch. When the answer leaves, the message is on disk; a faulty endpoint (see `faults.ts`)
 * may lose the message or only its answer, and tells the producer "failed" in either case.
 */
import * as z from 'zod';
import { batchParameters, performBatch } from './batch.ts';
import { acceptOnce, deduplicationId, type Accepted } from './deduplicate.ts';
import { attributesBytes, attributesChecksum, bodyChecksum, messageAttributes } from './message-attributes.ts';
import { sequenceNumber } from './message.ts';
import { operation, type OperationContext } from './operation.ts';
import { queueAtUrl, type Queue } from './queue.ts';
import { refuse } from './refusal.ts';

const largestBatchBytes = 1_048_576;

/** What the protocol cannot carry: anything outside the characters of XML 1.0. */
const unspeakable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

const idText = z.string().regex(/^[!-~]{1,128}$/, 'Must be 1 to 128 printable characters');

const messageParameters = z.strictObject({
  MessageBody: z.string().min(1),
  DelaySeconds: z.int().min(0).max(900).optional(),
  MessageAttributes: messageAttributes.default({}),
  MessageGroupId: idText.optional(),
  MessageDeduplicationId: idText.optional(),
});

type Message = z.output<typeof messageParameters>;

export interface SendAnswer {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly SequenceNumber?: string;
}

export const sendMessage = operation(
  messageParameters.extend({ QueueUrl: z.string() }),
  ({ QueueUrl, ...message }, context) => {
    const queue = queueAtUrl(context.database, QueueUrl);
    const answer = send(queue, message, context);
    context.longPolls.wake(queue.name);
    return answer;
  },
);

export const sendMessageBatch = operation(batchParameters, ({ QueueUrl, Entries }, context) => {
  const queue = queueAtUrl(context.database, QueueUrl);
  const bytes = Entries.map((entry) => sentBytes(entry)).reduce((total, size) => total + size, 0);
  if (bytes > largestBatchBytes) {
    refuse('BatchRequestTooLong', `A batch is at most ${largestBatchBytes} bytes long. You have sent ${bytes} bytes.`);
  }
  const answer = context.database.atomically(() =>
    performBatch(Entries, messageParameters, (message) => send(queue, message, context)),
  );
  context.longPolls.wake(queue.name);
  return answer;
});

function send(queue: Queue, message: Message, context: OperationContext): SendAnswer {
  checkMessage(queue, message);
  if (context.faults.dropsSend(queue.name)) refuse('InternalError', 'The message could not be stored.');
  const { messageId, position } = context.database.atomically(() => accept(queue, message, context));
  if (context.faults.losesSendAnswer(queue.name)) refuse('InternalError', 'The outcome could not be told.');
  const attributesMd5 = attributesChecksum(message.MessageAttributes);
  return {
    MessageId: messageId,
    MD5OfMessageBody: bodyChecksum(message.MessageBody),
    ...(attributesMd5 && { MD5OfMessageAttributes: attributesMd5 }),
    ...(queue.isFifo && { SequenceNumber: sequenceNumber(position) }),
  };
}

function checkMessage(queue: Queue, message: Message): void {
  const { MessageBody, MessageAttributes, MessageGroupId, MessageDeduplicationId, DelaySeconds = 0 } = message;
  if (Buffer.byteLength(MessageBody) + attributesBytes(MessageAttributes) > queue.maximumBytes) {
    refuse('InvalidParameterValue', `A message must be shorter than ${queue.maximumBytes} bytes.`);
  }
  if (unspeakable.test(MessageBody)) refuse('InvalidMessageContents', 'The message contains characters not allowed.');
  if (queue.isFifo && MessageGroupId === undefined) {
    refuse('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  }
  if (queue.isFifo && DelaySeconds > 0) {
    refuse('InvalidParameterValue', 'DelaySeconds of a single message is not valid for a FIFO queue.');
  }
  if (!queue.isFifo && MessageDeduplicationId !== undefined) {
    refuse('InvalidParameterValue', 'MessageDeduplicationId is valid for FIFO queues only.');
  }
}

function accept(queue: Queue, message: Message, context: OperationContext): Accepted {
  const { MessageBody, MessageGroupId = '', MessageDeduplicationId } = message;
  if (!queue.isFifo) return store(queue, message, null, context);
  const id = deduplicationId(queue, MessageDeduplicationId, MessageBody);
  return acceptOnce(context.database, queue, { group: MessageGroupId, id, now: context.now() }, () =>
    store(queue, message, id, context),
  );
}

function store(queue: Queue, message: Message, duplicateId: string | null, context: OperationContext): Accepted {
  const { MessageBody, MessageAttributes, MessageGroupId = null, DelaySeconds } = message;
  const { database, faults, now } = context;
  const messageId = context.newMessageId();
  const delayMillis = DelaySeconds === undefined ? queue.delayMillis : 1000 * DelaySeconds;
  const insert = (): number => {
    const sentAt = now();
    const visibleAt = sentAt + delayMillis + faults.extraDelayMillis(queue.name);
    const inserted = database.sql.run`
      insert into message (queue, id, body, attributes, group_id, deduplication_id, sent_at, visible_at)
      values (${queue.name}, ${messageId}, ${MessageBody}, ${JSON.stringify(MessageAttributes)},
        ${MessageGroupId}, ${duplicateId}, ${sentAt}, ${visibleAt})`;
    return Number(inserted.lastInsertRowid);
  };
  if (!queue.isFifo && faults.deliversTwice(queue.name)) insert();
  return { messageId, position: insert() };
}

/** The size of a batch entry not yet known to be well formed. */
function sentBytes(entry: Readonly<Record<string, unknown>>): number {
  const body = entry['MessageBody'];
  const attributes = messageAttributes.safeParse(entry['MessageAttributes']);
  const bodyBytes = typeof body === 'string' ? Buffer.byteLength(body) : 0;
  return bodyBytes + (attributes.success ? attributesBytes(attributes.data) : 0);
}
