/**
 * A meter turns usage events into a quantity: it picks events by type and filter,
 * and aggregates one of their fields over a period. Several meters may pick the
 * same event.
 */
import * as z from 'zod';
import { isUsageText, reservedNames, typePattern, usageLimits } from './event-names.ts';

/** How a meter makes one quantity of many events; rules and traps in the rating design, section 11. */
export const aggregations = ['count', 'sum', 'max', 'latest', 'unique_count'] as const;
export type Aggregation = (typeof aggregations)[number];

export interface Meter {
  /** Unique, and what prices name: `api_requests`. */
  readonly key: string;
  /** The events it measures, by their `type`. */
  readonly eventType: string;
  /**
   * count: how many events. sum: of the field, exactly. max: its greatest value.
   * latest: the value with the greatest (time, source, id). unique_count: how many
   * different texts of the field, an absent or empty one not counted.
   */
  readonly aggregation: Aggregation;
  /** The field of the event's data it reads; only count has none. */
  readonly field?: string | undefined;
  /** What one of the quantity is, as bills print it: `GB`, `request`. */
  readonly unit: string;
  /** Only events whose named fields have one of the texts listed. */
  readonly filter?: Readonly<Record<string, readonly string[]>> | undefined;
}

const eventType = z
  .string()
  .min(1)
  .max(usageLimits.name)
  .regex(typePattern, 'An event type is letters, digits and . _ : / - and begins with a letter or digit.');

const fieldName = z
  .string()
  .min(1)
  .max(usageLimits.fieldName)
  .refine(isUsageText, 'No name of a field holds a control character.')
  .refine((name) => !reservedNames.has(name), 'The names __proto__, constructor and prototype are reserved.');

const filterText = z
  .string()
  .max(usageLimits.value)
  .refine((text) => text.isWellFormed(), 'A text holds half of a surrogate pair.');

/** A meter as the API takes it: one that some event can match. */
export const meterTerms = z
  .strictObject({
    key: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,63}$/, 'A key is lower-case letters, digits and underscores: api_requests.'),
    eventType,
    aggregation: z.enum(aggregations),
    field: fieldName.optional(),
    unit: z.string().min(1).max(32),
    filter: z
      .record(fieldName, z.array(filterText).min(1).max(100))
      .refine((filter) => Object.keys(filter).length <= usageLimits.fields, 'An event has at most 32 fields.')
      .optional(),
  })
  .refine(({ aggregation, field }) => aggregation !== 'count' || field === undefined, {
    path: ['field'],
    error: 'A count reads no field.',
  })
  .refine(({ aggregation, field }) => aggregation === 'count' || field !== undefined, {
    path: ['field'],
    error: 'Every aggregation but count needs the field it reads.',
  });
