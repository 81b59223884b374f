/** What people type, as one harmless line. */
import { expect, it } from 'vitest';
import { money } from '#domain/money/money.ts';
import { oneLine, oneLineEach } from './one-line.ts';

it.each([
  ['a\r\nb', 'a b'],
  ['a\u0000\u001B[31mb', 'a [31mb'],
  ['a\u2028b\u0085c', 'a b c'],
  // Right-to-left override: what follows would read backwards.
  ['12\u202E00.1\u202C', '1200.1'],
  ['  Ada \t', 'Ada'],
  ['e\u0301', 'é'],
  ['שלום עולם', 'שלום עולם'],
])('%j is written %j', (typed, written) => {
  expect(oneLine(typed)).toBe(written);
});

it('reaches every text and leaves amounts alone', () => {
  const body = { lines: [{ name: 'a\nb', amount: money('1.00', 'EUR') }], none: null };
  expect(oneLineEach(body)).toEqual({ lines: [{ name: 'a b', amount: money('1.00', 'EUR') }], none: null });
});
