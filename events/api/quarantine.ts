/** Usage that could not be billed, with the reason: what runs set aside, and what waits in the journal unjudged. */
import * as z from 'zod';
import { instantText, runId } from './texts.ts';

export const quarantineReason = z
  .enum(['conflict', 'unknown_meter', 'bad_quantity', 'period_closed', 'suspense', 'no_subscription'])
  .meta({
    description:
      'conflict: one source and id with several bodies. unknown_meter: no meter picks the event. bad_quantity: its field holds none. period_closed: it came after its period was billed. suspense: nobody owns the subject. no_subscription: its owner has no subscription that prices usage at that time.',
    example: 'conflict',
  });

const event = z
  .strictObject({
    subject: z.string().meta({ example: 'acme' }),
    source: z.string().meta({ example: 'gateway-1' }),
    id: z.string().meta({ example: '8f1c' }),
    type: z.string().meta({ example: 'api.called' }),
    time: instantText,
    data: z.record(z.string(), z.string()).meta({ example: { quantity: '12.5' } }),
    arrivedAt: instantText,
  })
  .meta({ id: 'QuarantinedEvent' });

const entry = z.strictObject({
  reason: quarantineReason,
  subject: z.string().meta({ example: 'meter-4711' }),
  run: runId.nullable().meta({ description: 'The run that set it aside; null where none has judged it yet.' }),
  range: z.int().nullable().meta({ example: 0 }),
  count: z
    .int()
    .meta({ description: 'How many events. Unjudged ones stand together by reason and subject.', example: 2 }),
  firstAt: instantText.meta({ description: 'The earliest event time.' }),
  lastAt: instantText.meta({ description: 'The latest event time.' }),
  events: z.array(event).meta({ description: 'Of a conflict each body; of unjudged ones the earliest, up to ten.' }),
  settled: z.array(event).meta({ description: 'Of a conflict, the bodies billed before, which stand.' }),
});

export const quarantineView = z
  .strictObject({
    data: z.array(entry).meta({
      description: 'On the first page what no run has judged yet, then what runs set aside, the newest first.',
    }),
    nextCursor: z.string().nullable(),
    live: z
      .strictObject({
        inspectedFrom: instantText,
        inspectedUpTo: instantText.meta({ description: 'Arrivals in between were looked at.' }),
        complete: z.boolean().meta({ description: 'False where there was more than one look takes in.' }),
        inspected: z.int().meta({ description: 'Events looked at.', example: 1210 }),
        groups: z.int().meta({
          description: 'How many reasons and subjects there are; the first page lists up to its limit.',
          example: 2,
        }),
      })
      .nullable()
      .meta({ description: 'The look at the journal, judged as the next run would; on the first page only.' }),
  })
  .meta({ id: 'Quarantine' });
