/**
 * One SQS action: the parameters it knows and what it does with them. A parameter outside the schema is refused with
 * its name, because a stand-in that accepts and ignores would hide a defect until production.
 */
import type * as z from 'zod';
import type { Database } from './database.ts';
import type { QueueFaults } from './faults.ts';
import type { LongPolls } from './long-polls.ts';
import { refuse } from './refusal.ts';

/** What an operation works with. */
export interface OperationContext {
  readonly database: Database;
  /** Epoch milliseconds; may be moved forward between two calls. */
  readonly now: () => number;
  readonly newMessageId: () => string;
  readonly faults: QueueFaults;
  readonly longPolls: LongPolls;
  /** Scheme, host and port under which the caller reached the endpoint. */
  readonly origin: string;
  /** Aborted when the caller has gone, so that a long poll does not hand a message to nobody. */
  readonly signal: AbortSignal | undefined;
}

export interface Operation<Schema extends z.ZodType, Answer> {
  readonly parameters: Schema;
  readonly perform: (input: z.output<Schema>, context: OperationContext) => Answer;
}

export const operation = <Schema extends z.ZodType, Answer>(
  parameters: Schema,
  perform: (input: z.output<Schema>, context: OperationContext) => Answer,
): Operation<Schema, Answer> => ({ parameters, perform });

/** The input as the schema understands it, or a refusal that names the parameter at fault. */
export function readParameters<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw parsed.error;
  if (issue.code === 'unrecognized_keys') {
    refuse('UnsupportedOperation', `The local queues do not support the parameter ${issue.keys.join(', ')}.`);
  }
  const path = issue.path.join('.');
  if (valueAt(input, issue.path) === undefined) {
    refuse('MissingParameter', `The request must contain the parameter ${path}.`);
  }
  return refuse('InvalidParameterValue', `The value for the parameter ${path} is invalid. Reason: ${issue.message}.`);
}

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input);
