/** A webhook event as received, kept for ever under the provider's id: seen twice, it is handled once. */
import type { Instant } from '#domain/time/instant.ts';

export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  /** The id of the object it is about; its state is asked of the provider, not taken from here. */
  readonly object: string;
  readonly receivedAt: Instant;
  /** What came of it. */
  readonly state: 'received' | 'handled' | 'ignored' | 'quarantined';
  readonly because?: string;
}
