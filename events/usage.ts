/**
 * A usage event as it is sent: a CloudEvents 1.0 object in JSON, whose `type` names
 * what meters count and whose `subject` is the usage point. This schema is the rule
 * and the documentation; usage-scan.ts says the same faster for nearly every event,
 * and a test holds the two together.
 */
import * as z from 'zod';
import { isUsageText, reservedNames, typePattern, usageLimits } from '#domain/usage/event-names.ts';
import { quantityOf } from '#domain/usage/quantity.ts';
import { eventWindow, type UsageEvent } from '#domain/usage/usage-event.ts';
import { addDaysTo, addMinutes, type Instant, parseInstant } from '#domain/time/instant.ts';
import type { EventFault, RejectionCode } from './usage-rejection.ts';

/** The fields that hold what was used, whatever else an event carries: plain decimals within the limits of a quantity. */
export const quantityFields = ['quantity', 'value'] as const;

// The messages of this schema are rejection codes; usage-rejection.ts has their sentences.
const code = (rejection: RejectionCode) => rejection;
const wanted = (otherwise: RejectionCode) => ({
  error: ({ input }: { readonly input?: unknown }) => (input === undefined ? code('missing_attribute') : otherwise),
});

const name = z
  .string(wanted('invalid_text'))
  .min(1, code('invalid_text'))
  .max(usageLimits.name, code('invalid_text'))
  .refine(isUsageText, code('invalid_text'));

const fieldValue = z.union(
  [
    z
      .string()
      .max(usageLimits.value, code('invalid_value'))
      .refine((text) => text.isWellFormed(), code('invalid_value')),
    z.boolean(),
    z.int(),
  ],
  { error: ({ input }) => code(typeof input === 'number' ? 'quantity_not_a_decimal_string' : 'unsupported_value') },
);

const fieldName = z.string().min(1).max(usageLimits.fieldName).refine(isUsageText);

const data = z
  .record(fieldName, fieldValue, {
    error: (issue) => code(issue.code === 'invalid_key' ? 'invalid_field_name' : 'invalid_data'),
  })
  .superRefine((fields, context) => {
    for (const field of quantityFields) {
      const value = fields[field];
      const fault = value === undefined ? undefined : faultOfQuantity(String(value));
      if (fault !== undefined) context.addIssue({ code: 'custom', path: [field], message: fault });
    }
  });

/** Told apart for the sender's sake: a text that is no decimal, and a decimal that is too much. */
const faultOfQuantity = (text: string): RejectionCode | undefined => {
  if (quantityOf(text) !== undefined) return undefined;
  return /^-?\d+(\.\d+)?$/.test(text) ? 'quantity_out_of_range' : 'quantity_not_a_decimal_string';
};

export const usageEventSchema = z.strictObject({
  id: name.meta({ description: 'Your own id of the event. Sent twice under one source, it counts once.' }),
  source: name.meta({ description: 'The system that sends it; ids are unique within their source.' }),
  type: name
    .regex(typePattern, code('invalid_type'))
    .meta({ description: 'What happened, as meters name it.', example: 'call.ended' }),
  subject: name.meta({ description: 'The usage point: a SIM, a meter point, a workspace, or a customer’s own id.' }),
  time: z
    .string(wanted('invalid_time'))
    .refine((text) => parseInstant(text) !== undefined, code('invalid_time'))
    .meta({ description: 'When the use happened; at most 35 days back, 5 minutes ahead.', format: 'date-time' }),
  data: data.optional().meta({
    maxProperties: usageLimits.fields,
    description: 'What was measured, and what it can be priced by: up to 32 fields.',
    example: { quantity: '12.5', region: 'eu' },
  }),
  // The rest of CloudEvents, tolerated and not stored.
  specversion: z.literal('1.0', code('unsupported_version')).optional(),
  datacontenttype: name.optional(),
  dataschema: name.optional(),
  traceparent: name.optional(),
  tracestate: z.string(code('invalid_text')).optional(),
});

/** The event times the door accepts at an instant, both included (I5). Instants compare as texts. */
export interface EventWindow {
  readonly earliest: Instant;
  readonly latest: Instant;
}

export const eventWindowAt = (now: Instant): EventWindow => ({
  earliest: addDaysTo(now, -eventWindow.pastDays),
  latest: addMinutes(now, eventWindow.futureMinutes),
});

/** The event that a value read by usage-json.ts is, or what is wrong with it first. */
export const checkUsageEvent = (value: unknown, { earliest, latest }: EventWindow): UsageEvent | EventFault => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: 'not_an_object', path: [] };
  const unseemly = faultOfNames(value);
  if (unseemly !== undefined) return unseemly;
  const checked = usageEventSchema.safeParse(value);
  if (!checked.success) return firstFault(checked.error);
  const { id, source, type, subject, time: timeText, data: fields = {} } = checked.data;
  const time = parseInstant(timeText);
  if (time === undefined) return { fault: 'invalid_time', path: ['time'] };
  if (time < earliest || time > latest) return { fault: 'time_out_of_window', path: ['time'] };
  const names = Object.keys(fields).sort();
  return {
    id,
    source,
    type,
    subject,
    time,
    data: Object.fromEntries(names.map((field) => [field, String(fields[field])])),
  };
};

// Judged before the schema runs: zod passes over a key named __proto__, and lists every fault of a million fields.
const faultOfNames = (event: object): EventFault | undefined => {
  const data: unknown = 'data' in event ? event.data : undefined;
  const fields = Object.keys(typeof data === 'object' && data !== null ? data : {});
  if (fields.length > usageLimits.fields) return { fault: 'too_many_fields', path: ['data'] };
  const attribute = Object.keys(event).find((key) => reservedNames.has(key));
  if (attribute !== undefined) return { fault: 'reserved_name', path: [attribute] };
  const field = fields.find((key) => reservedNames.has(key));
  return field === undefined ? undefined : { fault: 'reserved_name', path: ['data', field] };
};

const firstFault = ({ issues }: z.ZodError): EventFault => {
  const [issue] = issues;
  const path = issue?.path.map(String) ?? [];
  return issue?.code === 'unrecognized_keys'
    ? { fault: 'unknown_attribute', path: [...path, issue.keys[0] ?? ''] }
    : { fault: issue?.message as RejectionCode, path };
};
