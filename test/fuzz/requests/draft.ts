/** A request while it is still values: what its kind then spoils, or not. */
import { signatureHeader } from '#local/stripe/webhooks/signature.ts';
import { secrets } from '#test/simulation/cloud/secrets.ts';
import type { Asked, Expected } from './asked.ts';
import type { Target } from './target.ts';

export interface Draft {
  readonly target: Target;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** When it is sent, and by whom. */
export interface Sender {
  readonly apiKey: string;
  readonly nowMs: number;
}

const pathOf = ({ template }: Target, params: Draft['params']): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent((params[name] ?? '').toWellFormed()));

export const askedOf = (
  { target, params, query, headers, body }: Draft,
  { apiKey, nowMs }: Sender,
  expected: Expected,
  bytes: Uint8Array | undefined = body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
): Asked => ({
  target,
  method: target.method,
  path: pathOf(target, params),
  query,
  headers: {
    ...(bytes === undefined ? {} : { 'content-type': 'application/json' }),
    ...(target.scope === 'open' ? {} : { authorization: `Bearer ${apiKey}` }),
    ...(target.name === 'POST /webhooks/stripe'
      ? {
          'stripe-signature': signatureHeader(
            Buffer.from(bytes ?? []).toString('utf8'),
            Math.floor(nowMs / 1000),
            secrets.webhookSecret,
          ),
        }
      : {}),
    ...headers,
  },
  ...(bytes === undefined ? {} : { body: bytes }),
  carried: 'as base64',
  expected,
});
