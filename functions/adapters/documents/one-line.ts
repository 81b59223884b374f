/**
 * What people typed into names and addresses, as one harmless line: breaks and other
 * control characters become a space, and characters that turn the reading direction
 * of what follows go. So no field can start a mail header, fake a line of the bill,
 * or make an amount read backwards.
 */

/** C0 and C1 controls, line and paragraph separator. */
const breaks = /[\p{Cc}\u2028\u2029]+/gu;
/** Embeddings, overrides, isolates and marks of direction. */
const directions = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

export const oneLine = (text: string): string =>
  text.normalize('NFC').replace(breaks, ' ').replace(directions, '').trim();

/** The same value with every text in it, however deep, as one line. */
export const oneLineEach = <Value>(value: Value): Value => tidied(value) as Value;

const tidied = (value: unknown): unknown => {
  if (typeof value === 'string') return oneLine(value);
  if (Array.isArray(value)) return value.map(tidied);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, tidied(member)]));
};
