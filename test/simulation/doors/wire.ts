/**
 * The shapes of the AWS SDK and those of the wire, which the engines speak: on the wire
 * bytes are base64 text, and what is undefined is not there.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '#local/dynamodb/attribute-value.ts';

export const toWire = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toWire);
  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) if (field !== undefined) fields[name] = toWire(field);
  return fields;
};

/** Of the attributes our tables have, bytes alone differ. */
export const itemFromWire = (item: Item): Record<string, AttributeValue> =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B === undefined ? (value as AttributeValue) : { B: Buffer.from(value.B, 'base64') },
    ]),
  );
