/**
 * Idempotency keys as Stripe keeps them: the first answer under a key, errors and
 * 500s included, is given again for 24 hours of the shared clock and then
 * forgotten; other parameters under the same key are refused, and so is a second
 * request while the first is being worked on. A request that never began (a wrong
 * parameter, a rate limit) leaves no answer behind.
 */
import { createHash } from 'node:crypto';
import type { Account } from '../account/account.ts';
import type { StoredAnswer } from '../account/kinds.ts';
import { notAllowed, StripeAnswersError } from './errors.ts';

export const fingerprintOf = (method: string, path: string, body: string): string =>
  createHash('sha256').update(`${method} ${path}\n${body}`).digest('hex');

export const keyInUse = (key: string): never =>
  notAllowed(
    409,
    `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. You should retry this request later.`,
    'idempotency_key_in_use',
  );

const LONGEST_KEY = 255;

/** The answer to give again, undefined where the key is new; throws where it was used for something else. */
export const storedAnswer = (account: Account, key: string, fingerprint: string): StoredAnswer | undefined => {
  if (key.length > LONGEST_KEY) notAllowed(400, `Idempotency keys can be up to ${LONGEST_KEY} characters long.`);
  const stored = account.store.get('stored_answer', key);
  if (stored !== undefined && stored.fingerprint !== fingerprint)
    throw new StripeAnswersError(
      400,
      {
        type: 'idempotency_error',
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      },
      false,
    );
  return stored;
};
