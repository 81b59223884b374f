/** A value held to its schema: as the schema reads it, or the first thing wrong with it and where. */
import type * as z from 'zod';
import { refuse } from '#domain/refusal.ts';
import { pointerTo } from '#events/usage-rejection.ts';
import type { ApiRefusal } from './refusals.ts';

export const checked = <Value>(schema: z.ZodType<Value>, value: unknown): { readonly value: Value } | ApiRefusal => {
  const read = schema.safeParse(value);
  if (read.success) return { value: read.data };
  const { path, because } = faultOf(read.error.issues[0]);
  return refuse('invalid_request', because, pointerTo(path.map(String)));
};

/** The same for a query, which has no pointers: the parameter is named in the sentence. */
export const checkedQuery = <Value>(
  schema: z.ZodType<Value>,
  query: Readonly<Record<string, string>>,
): { readonly value: Value } | ApiRefusal => {
  const read = schema.safeParse(query);
  if (read.success) return { value: read.data };
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys')
    return refuse('invalid_request', 'The query has a parameter this address does not take.');
  return refuse('invalid_request', `${issue?.path.map(String).join('.') ?? ''}: ${faultOf(issue).because}`);
};

const faultOf = (
  issue: z.core.$ZodIssue | undefined,
): { readonly path: readonly PropertyKey[]; readonly because: string } => {
  if (issue === undefined) return { path: [], because: 'The request is not what is taken here.' };
  if (issue.code === 'unrecognized_keys')
    return { path: [...issue.path, issue.keys[0] ?? ''], because: 'There is no such field here.' };
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return { path: issue.path, because: 'This field is missing.' };
  return { path: issue.path, because: issue.message };
};
