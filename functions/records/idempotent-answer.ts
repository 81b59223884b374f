/** The answer to a POST that carried an Idempotency-Key, committed with its effect: same key, same answer. */
import type { Instant } from '#domain/time/instant.ts';

export interface IdempotentAnswer {
  /** API key id, route and the client's own key: one client never meets another's. */
  readonly key: string;
  /** SHA-256 of the request body; another body under the same key is a conflict. */
  readonly request: string;
  readonly status: number;
  /** The response body as it was sent. */
  readonly body: string;
  readonly at: Instant;
}
