/**
 * How large an item is, by AWS's published rules: UTF-8 bytes of names and values, a byte per
 * flag, three bytes and one per element for documents. Limits and prices are counted from it.
 */
import type { AttributeValue, Item } from './attribute-value.ts';
import { numberSize } from './number.ts';

export const MAX_ITEM_BYTES = 400 * 1024;

const text = (value: string): number => Buffer.byteLength(value, 'utf8');
const binary = (base64: string): number => Buffer.byteLength(base64, 'base64');
const sum = <T>(values: readonly T[], size: (value: T) => number): number =>
  values.reduce((total, value) => total + size(value), 0);

export function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return text(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.B !== undefined) return binary(value.B);
  if (value.SS) return sum(value.SS, text);
  if (value.NS) return sum(value.NS, numberSize);
  if (value.BS) return sum(value.BS, binary);
  if (value.L) return 3 + sum(value.L, (element) => 1 + valueSize(element));
  if (value.M) return 3 + Object.keys(value.M).length + itemSize(value.M);
  return 1; // BOOL, NULL
}

export function itemSize(item: Item): number {
  let total = 0;
  for (const name in item) total += text(name) + valueSize(item[name] as AttributeValue);
  return total;
}
