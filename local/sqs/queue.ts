/**
 * A queue as the operations see it: its name and its settings as numbers and milliseconds. Read from the database at
 * every operation, so a changed attribute holds from the next request on.
 */
import { nameInUrl } from './address.ts';
import type { Database } from './database.ts';
import { type AttributeTexts, type DeadLetters, readDeadLetters } from './queue-attributes.ts';
import { refuse } from './refusal.ts';

export interface Queue {
  readonly name: string;
  readonly isFifo: boolean;
  readonly attributes: AttributeTexts;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly delayMillis: number;
  readonly retentionMillis: number;
  readonly visibilityMillis: number;
  readonly waitMillis: number;
  readonly maximumBytes: number;
  readonly deduplicatesByContent: boolean;
  readonly deduplicatesByGroup: boolean;
  readonly deadLetters: DeadLetters | undefined;
}

interface QueueRow {
  readonly name: string;
  readonly attributes: string;
  readonly created_at: number;
  readonly changed_at: number;
}

export const isFifoName = (name: string): boolean => name.endsWith('.fifo');

export function findQueue({ sql }: Database, name: string): Queue | undefined {
  const row = sql.get`select * from queue where name = ${name}`;
  return row && queueOf(row as unknown as QueueRow);
}

export function allQueues({ sql }: Database): Queue[] {
  return (sql.all`select * from queue order by name` as unknown as QueueRow[]).map(queueOf);
}

export function queueAtUrl(database: Database, url: string): Queue {
  return findQueue(database, nameInUrl(url)) ?? refuseUnknownQueue();
}

export function refuseUnknownQueue(): never {
  refuse('QueueDoesNotExist', 'The specified queue does not exist.');
}

function queueOf(row: QueueRow): Queue {
  const attributes = JSON.parse(row.attributes) as AttributeTexts;
  return {
    name: row.name,
    isFifo: isFifoName(row.name),
    attributes,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    delayMillis: 1000 * Number(attributes['DelaySeconds']),
    retentionMillis: 1000 * Number(attributes['MessageRetentionPeriod']),
    visibilityMillis: 1000 * Number(attributes['VisibilityTimeout']),
    waitMillis: 1000 * Number(attributes['ReceiveMessageWaitTimeSeconds']),
    maximumBytes: Number(attributes['MaximumMessageSize']),
    deduplicatesByContent: attributes['ContentBasedDeduplication'] === 'true',
    deduplicatesByGroup: attributes['DeduplicationScope'] === 'messageGroup',
    deadLetters: readDeadLetters(attributes['RedrivePolicy']),
  };
}
