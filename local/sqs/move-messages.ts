/**
 * Messages that leave their queue without being deleted by a consumer: those kept past the retention period, those
 * received too often (to the dead-letter queue), and those put back from there (StartMessageMoveTask).
 */
import * as z from 'zod';
import { arnOfQueue, nameInArn } from './address.ts';
import type { Database } from './database.ts';
import type { MessageRow } from './message.ts';
import { operation } from './operation.ts';
import { allQueues, findQueue, isFifoName, type Queue } from './queue.ts';
import { refuse } from './refusal.ts';

/** Retention counts from the first sending, in a dead-letter queue too. */
export function forgetExpired({ sql }: Database, queue: Queue, now: number): void {
  sql.run`delete from message where queue = ${queue.name} and sent_at <= ${now - queue.retentionMillis}`;
}

/**
 * Moves visible messages that were received `maxReceiveCount` times; they keep id, count and place in the order. A FIFO
 * queue starts their retention anew, a standard queue does not.
 * @returns the name of the queue that gained messages, if one did.
 */
export function moveDeadLetters(database: Database, queue: Queue, now: number): string | undefined {
  const { deadLetters } = queue;
  if (!deadLetters || !findQueue(database, deadLetters.queue)) return undefined;
  const { changes } = database.sql.run`
    update message indexed by message_by_receipts
    set queue = ${deadLetters.queue}, visible_at = ${now}, dead_letter_source = ${arnOfQueue(queue.name)},
      sent_at = iif(${queue.isFifo ? 1 : 0}, ${now}, sent_at)
    where queue = ${queue.name} and visible_at <= ${now} and receive_count >= ${deadLetters.maxReceiveCount}`;
  return changes > 0 ? deadLetters.queue : undefined;
}

/** All messages that can be moved are moved at once, as new messages; the real service takes its time. */
export const startMessageMoveTask = operation(
  z.strictObject({ SourceArn: z.string(), DestinationArn: z.string().optional() }),
  ({ SourceArn, DestinationArn }, { database, now, newMessageId, longPolls }) => {
    const source = nameInArn(SourceArn);
    if (!allQueues(database).some((queue) => queue.deadLetters?.queue === source)) {
      refuse('ResourceNotFoundException', 'The source is not the dead-letter queue of any queue.');
    }
    const movedAt = now();
    const isMovable = (arn: string): boolean =>
      findQueue(database, nameInArn(arn)) !== undefined && isFifoName(arn) === isFifoName(source);
    if (DestinationArn !== undefined && !isMovable(DestinationArn)) {
      refuse('ResourceNotFoundException', 'The destination does not exist or is not of the same type.');
    }
    database.atomically(() => {
      for (const message of movableMessages(database, source, movedAt)) {
        const destination = DestinationArn ?? message.dead_letter_source;
        if (destination === null || !isMovable(destination)) continue;
        resend(database, message, nameInArn(destination), newMessageId(), movedAt);
      }
    });
    longPolls.wake();
    return { TaskHandle: Buffer.from(`${SourceArn} ${movedAt}`).toString('base64url') };
  },
);

function movableMessages({ sql }: Database, queue: string, now: number): MessageRow[] {
  const rows = sql.all`select * from message where queue = ${queue} and visible_at <= ${now} order by position`;
  return rows as unknown as MessageRow[];
}

function resend({ sql }: Database, message: MessageRow, destination: string, id: string, now: number): void {
  const { body, attributes, group_id, deduplication_id } = message;
  sql.run`delete from message where position = ${message.position}`;
  sql.run`
    insert into message (queue, id, body, attributes, group_id, deduplication_id, sent_at, visible_at)
    values (${destination}, ${id}, ${body}, ${attributes}, ${group_id}, ${deduplication_id}, ${now}, ${now})`;
}
