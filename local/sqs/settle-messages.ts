/**
 * What a consumer does with a delivery: delete the message, or change how long it stays hidden. Deleting is idempotent.
 * A handle that a later delivery has superseded deletes nothing in a standard queue and says so nowhere, exactly the
 * looseness of the real service a consumer must live with.
 */
import * as z from 'zod';
import { batchParameters, performBatch } from './batch.ts';
import { heldMessage } from './message.ts';
import { operation, type OperationContext } from './operation.ts';
import { queueAtUrl, type Queue } from './queue.ts';
import { refuse } from './refusal.ts';

const deletion = z.strictObject({ ReceiptHandle: z.string() });
const hiding = z.strictObject({ ReceiptHandle: z.string(), VisibilityTimeout: z.int().min(0).max(43_200) });

export const deleteMessage = operation(deletion.extend({ QueueUrl: z.string() }), ({ QueueUrl, ...held }, context) => {
  const queue = queueAtUrl(context.database, QueueUrl);
  remove(queue, held, context);
  // In a FIFO queue this frees the message's group.
  context.longPolls.wake(queue.name);
  return {};
});

export const deleteMessageBatch = operation(batchParameters, ({ QueueUrl, Entries }, context) => {
  const queue = queueAtUrl(context.database, QueueUrl);
  const answer = context.database.atomically(() =>
    performBatch(Entries, deletion, (held) => remove(queue, held, context)),
  );
  context.longPolls.wake(queue.name);
  return answer;
});

export const changeMessageVisibility = operation(
  hiding.extend({ QueueUrl: z.string() }),
  ({ QueueUrl, ...held }, context) => {
    const queue = queueAtUrl(context.database, QueueUrl);
    hideFor(queue, held, context);
    context.longPolls.wake(queue.name);
    return {};
  },
);

export const changeMessageVisibilityBatch = operation(batchParameters, ({ QueueUrl, Entries }, context) => {
  const queue = queueAtUrl(context.database, QueueUrl);
  const answer = context.database.atomically(() =>
    performBatch(Entries, hiding, (held) => hideFor(queue, held, context)),
  );
  context.longPolls.wake(queue.name);
  return answer;
});

function remove(
  queue: Queue,
  { ReceiptHandle }: z.infer<typeof deletion>,
  { database, now }: OperationContext,
): object {
  const message = heldMessage(database, queue, ReceiptHandle);
  if (message && queue.isFifo && message.visible_at <= now()) {
    refuse('InvalidParameterValue', 'The value for the parameter ReceiptHandle is invalid. Reason: It has expired.');
  }
  if (message) database.sql.run`delete from message where position = ${message.position}`;
  return {};
}

function hideFor(queue: Queue, held: z.infer<typeof hiding>, { database, now }: OperationContext): object {
  const message = heldMessage(database, queue, held.ReceiptHandle);
  if (!message) {
    refuse('InvalidParameterValue', 'Message does not exist or is not available for visibility timeout change.');
  }
  const changedAt = now();
  if (message.visible_at <= changedAt) refuse('MessageNotInflight', 'The specified message is not in flight.');
  const visibleAt = changedAt + 1000 * held.VisibilityTimeout;
  database.sql.run`update message set visible_at = ${visibleAt} where position = ${message.position}`;
  return {};
}
