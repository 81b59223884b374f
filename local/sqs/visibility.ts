/**
 * What can be seen of the queues from outside: how many messages are visible, in flight and delayed, and when the next
 * hidden one appears. Whoever moves the clock learns here how far to move it.
 */
import type { Database } from './database.ts';

export interface MessageCounts {
  readonly visible: number;
  /** Received and not yet deleted, within the visibility timeout. */
  readonly inFlight: number;
  /** Sent with a delay that has not passed. */
  readonly delayed: number;
}

export function countMessages({ sql }: Database, queue: string, now: number): MessageCounts {
  const row = sql.get`
    select count(*) filter (where visible_at <= ${now}) as visible,
      count(*) filter (where visible_at > ${now} and receive_count > 0) as inFlight,
      count(*) filter (where visible_at > ${now} and receive_count = 0) as delayed
    from message where queue = ${queue}`;
  return { ...(row as unknown as MessageCounts) };
}

/** The earliest instant after `now` at which a hidden message of the queue becomes visible. */
export function nextVisibleAt({ sql }: Database, now: number, queue: string): number | undefined {
  const row = sql.get`select min(visible_at) as next from message where queue = ${queue} and visible_at > ${now}`;
  return (row?.['next'] as number | null) ?? undefined;
}

/** Whether a consumer would find a message. */
export function isAnyVisible({ sql }: Database, now: number, queue: string): boolean {
  return sql.get`select 1 from message where queue = ${queue} and visible_at <= ${now} limit 1` !== undefined;
}
