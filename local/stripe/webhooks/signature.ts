/**
 * The `Stripe-Signature` header: `t=<seconds>,v1=<hex HMAC-SHA256 of "t.body">`,
 * one `v1` for each secret while secrets are being rotated. Tests also make old,
 * future and forged ones with it.
 */
import { createHmac } from 'node:crypto';

export const signatureHeader = (body: string, atSeconds: number, ...secrets: readonly string[]): string => {
  const signed = secrets.map((secret) => createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex'));
  return [`t=${atSeconds}`, ...signed.map((signature) => `v1=${signature}`)].join(',');
};
