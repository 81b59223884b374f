/** A mail about an invoice: claimed before it is sent, at most once per invoice and step (I33). */
import type { Instant } from '#domain/time/instant.ts';

export interface Letter {
  readonly invoice: string;
  /** Which mail this is: `bill`, `declined-1`. */
  readonly step: string;
  readonly to: string;
  /**
   * `waiting`: the mail server could not be reached, so it is claimed again. `unknown`: the
   * mail server may have it; it is shown, and never sent again by itself.
   */
  readonly state: 'claimed' | 'waiting' | 'sent' | 'unknown' | 'refused';
  readonly claimedAt: Instant;
  readonly messageId: string | null;
  readonly because?: string;
}
