/**
 * A usage event: who used what, when, under the sender's own id. It is the one
 * fact that usage bills rest on; it is never edited, only followed by others.
 * Its identity is (source, id): sent twice it counts once, and the same identity
 * with another body is a conflict that a person must see.
 */
import type { Instant } from '../time/instant.ts';

export interface UsageEvent {
  /** The sender's id of the event, unique within its source. 1–128 characters. */
  readonly id: string;
  /** The system that sent it (CloudEvents `source`). 1–128 characters. */
  readonly source: string;
  /** The kind of event, which meters name as `eventType`: `call.ended`, `tokens.used`. */
  readonly type: string;
  /** The usage point: a SIM, a meter point, a workspace, or a customer's own id. 1–128 characters. */
  readonly subject: string;
  /** When the use happened, to the millisecond. */
  readonly time: Instant;
  /** The event's fields as texts: quantities as plain decimals ("12.5"), dimensions as they came. Keys sorted. */
  readonly data: Readonly<Record<string, string>>;
}

/** The most a quantity may be, either side of zero: 10^15, with at most 12 places (I5). */
export const quantityLimits = { magnitude: 10n ** 15n, places: 12 } as const;

/** The window of event times the door accepts: 35 days back, 5 minutes ahead (I5). */
export const eventWindow = { pastDays: 35, futureMinutes: 5 } as const;
