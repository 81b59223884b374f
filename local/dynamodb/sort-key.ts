/**
 * Keys as plain texts whose JavaScript `<` order is DynamoDB's order: strings by UTF-8 bytes,
 * numbers by value, binary by unsigned bytes. Everything sorted in this store is sorted by such a
 * text.
 */
import type { AttributeValue } from './attribute-value.ts';
import { sortableNumber } from './number.ts';

/**
 * UTF-16 order is UTF-8 order but for the surrogates, which must come after U+E000…U+FFFF: the two ranges trade
 * places, and only texts that reach them pay for it.
 */
function sortableText(text: string): string {
  return text.replace(/[\ud800-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
  });
}

export function sortable(value: AttributeValue): string {
  if (value.S !== undefined) return sortableText(value.S);
  if (value.N !== undefined) return sortableNumber(value.N);
  return Buffer.from(value.B ?? '', 'base64').toString('latin1');
}

const END = '\0\0';
const escaped = (part: string): string => (part.includes('\0') ? part.replaceAll('\0', '\0\x01') : part);

/** Several parts as one key that sorts part by part: each part is escaped and closed, so "a" stands before "a\0". */
export const composed = (...parts: readonly string[]): string => parts.map((part) => escaped(part) + END).join('');

/** Bounds, among composed keys, of those whose first part equals `part`, or starts with it. */
export const firstPart = {
  equalFrom: (part: string): string => escaped(part) + END,
  equalTo: (part: string): string => `${escaped(part)}\0\x01`,
  prefix: (part: string): string => escaped(part),
};
