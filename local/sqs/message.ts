/**
 * A stored message, and the receipt handle a consumer gets for it. A handle names one delivery: queue, message and which
 * time it was received. Once the message has been received again an older handle no longer holds it.
 */
import * as z from 'zod';
import type { Database } from './database.ts';
import type { Queue } from './queue.ts';
import { refuse } from './refusal.ts';

/** A row of the message table. Instants are epoch milliseconds. */
export interface MessageRow {
  readonly position: number;
  readonly queue: string;
  readonly id: string;
  readonly body: string;
  readonly attributes: string;
  readonly group_id: string | null;
  readonly deduplication_id: string | null;
  readonly sent_at: number;
  readonly visible_at: number;
  readonly receive_count: number;
  readonly first_received_at: number | null;
  readonly dead_letter_source: string | null;
}

const receipt = z.tuple([z.string(), z.int(), z.int()]);

export const receiptHandle = (queue: Queue, { position, receive_count }: MessageRow): string =>
  Buffer.from(JSON.stringify([queue.name, position, receive_count])).toString('base64url');

/** The message of a delivery; undefined once it was deleted, moved away or received again. */
export function heldMessage({ sql }: Database, queue: Queue, handle: string): MessageRow | undefined {
  const [queueName, position, count] = readReceipt(handle);
  if (queueName !== queue.name) refuseReceipt(handle);
  const row = sql.get`
    select * from message where position = ${position} and queue = ${queue.name} and receive_count = ${count}`;
  return row as unknown as MessageRow | undefined;
}

/** How FIFO queues number their messages: twenty digits that sort as text. */
export const sequenceNumber = (position: number): string => String(position).padStart(20, '0');

function readReceipt(handle: string): z.infer<typeof receipt> {
  try {
    return receipt.parse(JSON.parse(Buffer.from(handle, 'base64url').toString()));
  } catch {
    return refuseReceipt(handle);
  }
}

function refuseReceipt(handle: string): never {
  refuse('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
}
