/**
 * The body of a request as a checked value. What JSON leaves open is refused, not
 * guessed: a key that stands twice, names such as `__proto__`, halves of surrogate
 * pairs, nesting without end. Nothing that was sent is repeated in the answer.
 */
import { isUtf8 } from 'node:buffer';
import type * as z from 'zod';
import { type Refusal, refuse } from '#domain/refusal.ts';
import { reservedNames } from '#domain/usage/event-names.ts';
import { readJson, skipBlanks } from '#events/usage-json.ts';
import { checked } from './checked.ts';
import type { ApiRefusal } from './refusals.ts';

/**
 * Well below what a record may hold (400 KB), though its answer may be kept with every
 * quote and backslash escaped once more.
 */
const mostBodyBytes = 128 * 1024;

export interface SentBody {
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly bytes: Uint8Array;
}

export const readBody = <Value>(
  schema: z.ZodType<Value>,
  { contentType, contentEncoding, bytes }: SentBody,
): { readonly value: Value } | ApiRefusal => {
  if (!isJson(contentType) || (contentEncoding ?? 'identity').toLowerCase() !== 'identity') {
    return refuse('unsupported_media_type', 'Send UTF-8 JSON as application/json, without a content-encoding.');
  }
  if (bytes.length > mostBodyBytes)
    return refuse('body_too_large', `A body has at most ${String(mostBodyBytes)} bytes.`);
  if (!isUtf8(bytes)) return refuse('malformed_text', 'The body is not UTF-8.');
  const text = Buffer.from(bytes).toString('utf8');
  const read = readJson(text);
  if ('malformed' in read)
    return refuse('malformed_json', `The body is not JSON: ${read.malformed} at ${String(read.at)}.`);
  if (skipBlanks(text, read.end) < text.length) {
    return refuse('malformed_json', `The body is not JSON: something follows the value at ${String(read.end)}.`);
  }
  if (read.repeatsKey)
    return refuse('repeated_key', 'A key stands twice, and which of its values was meant cannot be told.');
  return faultIn(read.value) ?? checked(schema, read.value);
};

const isJson = (contentType: string | undefined): boolean =>
  /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '');

/** The first name or text, however deep, that no record may hold. */
const faultIn = (value: unknown): Refusal<'reserved_name' | 'malformed_text'> | undefined => {
  if (typeof value === 'string')
    return value.isWellFormed() ? undefined : refuse('malformed_text', 'A text holds half of a surrogate pair.');
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (reservedNames.has(name))
      return refuse('reserved_name', 'The names __proto__, constructor and prototype are reserved.');
    const fault = faultIn(name) ?? faultIn(member);
    if (fault !== undefined) return fault;
  }
  return undefined;
};
