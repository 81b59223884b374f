/** An API key as stored: never the key itself, only its keyed hash, with what it may do. */
import type { Instant } from '#domain/time/instant.ts';

export type Scope = 'usage:write' | 'read' | 'admin';

export interface ApiKey {
  /** The public part of the key, by which it is found. */
  readonly id: string;
  readonly name: string;
  /** HMAC-SHA-256 (hex) of the secret part. */
  readonly hash: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
}
