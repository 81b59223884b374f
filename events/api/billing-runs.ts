/** Billing runs as the API shows them: what was due, and what became of each. */
import * as z from 'zod';
import { customerId, dayText, instantText, runId, subscriptionId } from './texts.ts';

const count = z.int().meta({ example: 0 });

const runShape = {
  id: runId,
  night: dayText,
  state: z.enum(['open', 'closed', 'given_up']),
  dueBy: instantText.meta({ description: 'Periods that ended by then are billed.' }),
  usageUpTo: instantText.meta({ description: 'Usage that arrived by then is seen.' }),
  openedAt: instantText,
  closedAt: instantText.nullable(),
};

const outcomes = z.strictObject({
  expected: count,
  invoiced: count,
  nothingToBill: count,
  parked: count,
  failed: count,
  waiting: count.meta({ description: 'expected = invoiced + nothingToBill + parked + failed + waiting.' }),
});

const usage = z.strictObject({
  distinct: count,
  repeats: count,
  rated: count,
  settled: count.meta({ description: 'Dealt with by an earlier run.' }),
  quarantined: count,
  notDue: count.meta({ description: 'Of no period that was due.' }),
});

export const runView = z.strictObject({ ...runShape, counts: outcomes, usage }).meta({ id: 'BillingRun' });

export const runWithRanges = z
  .strictObject({
    ...runShape,
    counts: outcomes,
    usage,
    ranges: z.array(
      z.strictObject({
        range: count,
        rated: z.boolean(),
        billed: z.boolean(),
        numbered: z.boolean(),
        counts: outcomes,
        usage: usage.nullable(),
      }),
    ),
    exceptions: z
      .array(
        z.strictObject({
          range: count,
          customer: customerId,
          subscription: subscriptionId,
          period: count,
          outcome: z.enum(['parked', 'failed']),
          because: z.string(),
        }),
      )
      .meta({ description: 'Periods without a bill, with the reason; up to 1,000.' }),
  })
  .meta({ id: 'BillingRunWithRanges' });

export const runBody = z
  .strictObject({ kind: z.enum(['nightly']).meta({ description: 'The nightly run, now instead of at its hour.' }) })
  .meta({ id: 'BillingRunRequest' });

export const runRequestedView = z
  .strictObject({ kind: z.enum(['nightly']), state: z.enum(['requested']), requestedAt: instantText })
  .meta({ id: 'BillingRunRequested' });
