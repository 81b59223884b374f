/**
 * Deduplication in FIFO queues: a message sent again within five minutes under the same id is accepted and answered like
 * the first, but not stored again, even where the first has been received and deleted meanwhile.
 */
import { createHash } from 'node:crypto';
import type { Database } from './database.ts';
import type { Queue } from './queue.ts';
import { refuse } from './refusal.ts';

const rememberedMillis = 5 * 60 * 1000;

export interface Accepted {
  readonly messageId: string;
  readonly position: number;
}

/** The id a message is known by: the one given or, where the queue says so, the SHA-256 of its body. */
export function deduplicationId(queue: Queue, given: string | undefined, body: string): string {
  if (given !== undefined) return given;
  if (queue.deduplicatesByContent) return createHash('sha256').update(body).digest('hex');
  return refuse(
    'InvalidParameterValue',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly.',
  );
}

/** The message accepted under this id in the last five minutes, or `store`'s, which is then remembered. */
export function acceptOnce(
  { sql }: Database,
  queue: Queue,
  { group, id, now }: { readonly group: string; readonly id: string; readonly now: number },
  store: () => Accepted,
): Accepted {
  const scope = queue.deduplicatesByGroup ? group : '';
  sql.run`delete from deduplication where queue = ${queue.name} and expires_at <= ${now}`;
  const first = sql.get`
    select message_id, position from deduplication where queue = ${queue.name} and scope = ${scope} and id = ${id}`;
  if (first) return { messageId: first['message_id'] as string, position: first['position'] as number };
  const accepted = store();
  sql.run`
    insert into deduplication (queue, scope, id, message_id, position, expires_at)
    values (${queue.name}, ${scope}, ${id}, ${accepted.messageId}, ${accepted.position}, ${now + rememberedMillis})`;
  return accepted;
}
