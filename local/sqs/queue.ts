/**
 * A queue as the operations see it: its name and its settings as numbers and milliseconds. Read from the database at
 * every operation, so a changed attribute holds from the next request on; equal attribute texts are parsed only once.
 */
import { nameInUrl } from './address.ts';
import type { Database } from './database.ts';
import { type AttributeTexts, type DeadLetters, readDeadLetters } from './queue-attributes.ts';
import { refuse } from './refusal.ts';

export interface Queue extends QueueSettings {
  readonly name: string;
  readonly isFifo: boolean;
  readonly createdAt: number;
  readonly changedAt: number;
}

interface QueueSettings {
  readonly attributes: AttributeTexts;
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
  return {
    name: row.name,
    isFifo: isFifoName(row.name),
    createdAt: row.created_at,
    changedAt: row.changed_at,
    ...settingsOf(row.attributes),
  };
}

/** Every request asks for them, and there are as many texts as there are ways to set up a queue. */
const knownSettings = new Map<string, QueueSettings>();

function settingsOf(text: string): QueueSettings {
  const known = knownSettings.get(text);
  if (known) return known;
  const attributes = JSON.parse(text) as AttributeTexts;
  const settings: QueueSettings = {
    attributes,
    delayMillis: 1000 * Number(attributes['DelaySeconds']),
    retentionMillis: 1000 * Number(attributes['MessageRetentionPeriod']),
    visibilityMillis: 1000 * Number(attributes['VisibilityTimeout']),
    waitMillis: 1000 * Number(attributes['ReceiveMessageWaitTimeSeconds']),
    maximumBytes: Number(attributes['MaximumMessageSize']),
    deduplicatesByContent: attributes['ContentBasedDeduplication'] === 'true',
    deduplicatesByGroup: attributes['DeduplicationScope'] === 'messageGroup',
    deadLetters: readDeadLetters(attributes['RedrivePolicy']),
  };
  knownSettings.set(text, settings);
  return settings;
}
