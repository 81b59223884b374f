/**
 * What an error of SES says about a mail, in one table. Known not to be taken and
 * never to be: refused. Known not to be taken now: an outage, tried again. Everything
 * else nobody knows: it may have been taken, so it is unknown and not sent again.
 */
import { Outage } from '#domain/outage.ts';
import type { CallOutcome } from '../../ports.ts';

/** By the error's name without `Exception`; SES v1 answers `Throttling` to both the sending rate and the daily quota. */
const notNow: ReadonlySet<string> = new Set([
  ...['Throttling', 'TooManyRequests', 'LimitExceeded', 'RequestLimitExceeded'],
  // Our own account or key: to be put right by us, after which the mail can go.
  ...['AccountSendingPaused', 'ConfigurationSetSendingPaused', 'ConfigurationSetDoesNotExist', 'AccessDenied'],
  ...[
    'InvalidClientTokenId',
    'SignatureDoesNotMatch',
    'ExpiredToken',
    'UnrecognizedClient',
    'CredentialsProviderError',
  ],
  // Nobody was there to take it.
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'],
]);

/** `MessageRejected`, `MailFromDomainNotVerifiedException`, `InvalidParameterValue` and whatever else SES answers with a 4xx. */
const isNo = (status: number | undefined): boolean => status !== undefined && status >= 400 && status < 500;

export const sesOutcome = (error: unknown): Exclude<CallOutcome<never>, { readonly state: 'ok' }> => {
  const { name, code, message, $metadata } = error as Partial<Readonly<Record<'name' | 'code' | 'message', string>>> & {
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  const because = `${name ?? 'Error'}: ${message ?? 'SES said nothing more'}`;
  if (status === 429 || [name, code].some((word = '') => notNow.has(word.replace(/Exception$/, ''))))
    throw new Outage(`sending a mail: ${because}`, { cause: error });
  return { state: isNo(status) ? 'refused' : 'unknown', because };
};
