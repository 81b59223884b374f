/**
 * What is wrong with an answer, whatever was asked: a request must never break anything,
 * a refusal is a problem of RFC 9457 that has written nothing and tells nothing of our
 * inside or of what was sent, and what an address says it takes, it takes.
 */
import * as z from 'zod';
import { problemView } from '#events/api/problem.ts';
import type { Asked } from '../requests/asked.ts';
import { canary } from '../requests/hostile-values.ts';
import type { Answered } from './answered.ts';
import { problemCodes } from './problem-codes.ts';

const mostMs = 1_000;

export const complaints = (asked: Asked, answered: Answered, secrets: readonly string[]): readonly string[] => [
  ...(answered.status >= 500 && !isHeldBack(asked, answered) ? [`answered ${String(answered.status)}`] : []),
  ...(answered.ms > mostMs && asked.target.name !== 'POST /v1/test-clock' ? [`took ${answered.ms.toFixed(0)} ms`] : []),
  ...leaks(answered, secrets),
  ...(answered.status >= 400 ? refusalFlaws(asked, answered) : successFlaws(asked, answered)),
  ...unexpected(asked, answered),
];

/** While restored books are closed nothing is charged, and the pay page asks people to come again. */
const isHeldBack = ({ target }: Asked, { status, text }: Answered): boolean =>
  target.name === 'POST /pay/{token}' && status === 503 && text.includes('Please try again in a few minutes.');

const leaks = ({ text, headers }: Answered, secrets: readonly string[]): readonly string[] =>
  secrets.some((secret) => text.includes(secret) || JSON.stringify(headers).includes(secret)) ? ['tells a secret'] : [];

/** A stack, a file, or a word of our code: nobody outside has a use for them. */
const inside =
  /\bat .{0,200}\.(?:ts|js|mjs):\d+|node_modules|file:\/\/|\/(?:functions|domain|events|adapters)\/|\b(?:Type|Range|Syntax|Reference|Zod|Assertion)Error\b|\b(?:Bug|Outage|VersionLost|\w+Exception|DynamoDB)\b/;

const problem = z.strictObject({ ...problemView.shape, rejected: z.array(z.unknown()).optional() });

const refusalFlaws = (
  { target, method }: Asked,
  { status, text, headers, body, writes }: Answered,
): readonly string[] => {
  const flaws: string[] = [];
  if (writes > 0) flaws.push(`wrote ${String(writes)} times and refused`);
  if (inside.test(text)) flaws.push('tells of our inside');
  if (text.includes(canary)) flaws.push('repeats what was sent');
  // People come to the pay page with a browser, and are told in HTML.
  if (target.answers === 'text/html' && headers['content-type'] === 'text/html; charset=utf-8' && method !== 'HEAD')
    return flaws;
  if (headers['content-type'] !== 'application/problem+json; charset=utf-8') flaws.push('is no problem+json');
  const read = problem.safeParse(body);
  if (!read.success) return [...flaws, `is no problem: ${z.prettifyError(read.error)}`];
  if (read.data.status !== status || problemCodes.get(read.data.code) !== status)
    flaws.push(`has the code ${read.data.code}, which is not of ${String(status)}`);
  return flaws;
};

const successFlaws = ({ target, method }: Asked, { status, headers, text, body }: Answered): readonly string[] => {
  if (method !== target.method) return [];
  const { successes, answers } = target;
  if (!successes.includes(status)) return [`succeeds with ${String(status)}, which is not documented`];
  if (typeof answers === 'string') {
    const type = headers['content-type'] ?? '';
    return type.startsWith(answers) || text === '' ? [] : [`answers ${type} and not ${answers}`];
  }
  const read = z.safeParse(answers, body);
  return read.success ? [] : [`does not answer as documented: ${z.prettifyError(read.error)}`];
};

/** A good request may disagree with what is recorded, but is never refused for its form. */
const formDisagrees = new Set([404, 409, 412, 422]);

const unexpected = (asked: Asked, answered: Answered): readonly string[] => {
  const { expected } = asked;
  const { status, text } = answered;
  if (expected === 'taken' && status >= 400 && !formDisagrees.has(status) && !isHeldBack(asked, answered))
    return [`refuses what is good: ${text.slice(0, 300)}`];
  const { rejected } = answered.body as { readonly rejected?: readonly unknown[] };
  if (expected === 'taken' && (rejected?.length ?? 0) > 0) return [`rejects good usage: ${text.slice(0, 300)}`];
  return expected === 'refused' && status < 400 ? ['takes what is not good'] : [];
};
