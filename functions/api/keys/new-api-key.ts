/**
 * A new API key: `ch_live_{16 of [0-9a-z]}_{43 of base64url}`. The first part finds the
 * record, the second is the secret (256 bits); only its keyed hash is stored, so the
 * key can be shown this once and never again.
 */
import type { Instant } from '#domain/time/instant.ts';
import type { ApiKey, Scope } from '../../records/api-key.ts';
import { hashOf } from '../../runtime/authorize.ts';

export interface KeyWanted {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly pepper: string;
  readonly now: Instant;
  /** Unpredictable bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

export const newApiKey = ({
  name,
  scopes,
  pepper,
  now,
  random,
}: KeyWanted): { readonly key: string; readonly record: ApiKey } => {
  const id = base36(random(16), 16);
  const secret = Buffer.from(random(32)).toString('base64url');
  return {
    key: `ch_live_${id}_${secret}`,
    record: { id, name, hash: hashOf(secret, pepper), scopes, createdAt: now, revokedAt: null },
  };
};

/** The last `length` digits of so many bytes read as one number; 16 bytes hold 24 digits, so the last 16 are even enough. */
const base36 = (bytes: Uint8Array, length: number): string =>
  BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
    .toString(36)
    .padStart(length, '0')
    .slice(-length);
