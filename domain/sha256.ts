/** SHA-256 of a UTF-8 text, as hex, plain and keyed. Pure functions; node:crypto only computes them. */
import { createHash, createHmac } from 'node:crypto';

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** HMAC-SHA-256 (RFC 2104): only who holds the secret can make it. */
export const hmacSha256 = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text, 'utf8').digest('hex');
