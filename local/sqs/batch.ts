/**
 * Batches of up to ten entries. A batch that breaks the rules of batches is refused whole; otherwise every entry has its
 * own outcome, so the answer is `Successful` and, where there were any, `Failed`.
 */
import * as z from 'zod';
import { readParameters } from './operation.ts';
import { refuse, SqsRefusal } from './refusal.ts';

export const batchParameters = z.strictObject({
  QueueUrl: z.string(),
  Entries: z.array(z.looseObject({ Id: z.string() })),
});

export interface FailedEntry {
  readonly Id: string;
  readonly Code: string;
  readonly Message: string;
  readonly SenderFault: boolean;
}

export interface BatchAnswer<Outcome> {
  readonly Successful: readonly ({ readonly Id: string } & Outcome)[];
  readonly Failed?: readonly FailedEntry[];
}

export function performBatch<Schema extends z.ZodType, Outcome extends object>(
  entries: z.infer<typeof batchParameters>['Entries'],
  schema: Schema,
  perform: (entry: z.output<Schema>) => Outcome,
): BatchAnswer<Outcome> {
  checkBatch(entries.map((entry) => entry.Id));
  const Successful: ({ Id: string } & Outcome)[] = [];
  const Failed: FailedEntry[] = [];
  for (const { Id, ...entry } of entries) {
    try {
      Successful.push({ Id, ...perform(readParameters(schema, entry)) });
    } catch (error) {
      if (!(error instanceof SqsRefusal)) throw error;
      Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: error.isSenderFault });
    }
  }
  return Failed.length > 0 ? { Successful, Failed } : { Successful };
}

function checkBatch(ids: readonly string[]): void {
  if (ids.length === 0) refuse('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (ids.length > 10) {
    refuse('TooManyEntriesInBatchRequest', `A request has at most 10 entries. You have sent ${ids.length}.`);
  }
  const malformed = ids.find((id) => !/^[\w-]{1,80}$/.test(id));
  if (malformed !== undefined) refuse('InvalidBatchEntryId', `The batch entry id ${malformed} is malformed.`);
  if (new Set(ids).size < ids.length) refuse('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same Id.');
}
