/** A value held to its schema: as the schema reads it, or the first thing wrong with it and where. */
import type * as z from 'zod';
import { refuse } from '#domain/refusal.ts';
import { pointerTo } from '#events/usage-rejection.ts';
import { faultSentence } from './fault-sentence.ts';
import type { ApiRefusal } from './refusals.ts';

export const checked = <Value>(schema: z.ZodType<Value>, value: unknown): { readonly value: Value } | ApiRefusal => {
  const read = schema.safeParse(value, { error: faultSentence });
  if (read.success) return { value: read.data };
  const { path, because } = faultOf(read.error.issues[0]);
  return refuse('invalid_request', because, pointerTo(path.map(String)));
};

/** The same for a query, which has no pointers: the parameter is named instead, where it is one of ours. */
export const checkedQuery = <Value>(
  schema: z.ZodType<Value>,
  query: Readonly<Record<string, string>>,
): { readonly value: Value } | ApiRefusal => {
  const read = schema.safeParse(query, { error: faultSentence });
  if (read.success) return { value: read.data };
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys')
    return refuse('invalid_request', 'The query has a parameter this address does not take.');
  const parameter = String(issue?.path[0] ?? '');
  return { ...refuse('invalid_request', `${parameter}: ${faultOf(issue).because}`), parameter };
};

const faultOf = (
  issue: z.core.$ZodIssue | undefined,
): { readonly path: readonly PropertyKey[]; readonly because: string } => {
  if (issue === undefined) return { path: [], because: 'The request is not what is taken here.' };
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  return { path, because: asSentence(issue.message) };
};

/** Schemas of the domain speak in half sentences, which stand in other texts too. */
const asSentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.…!?]$/.test(text) ? '' : '.'}`;
