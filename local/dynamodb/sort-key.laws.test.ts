/**
 * Laws of the sortable texts: their plain order is DynamoDB's order, and composed keys sort part
 * by part.
 */
import Big from 'big.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { composed, firstPart, sortable } from './sort-key.ts';

const sign = (order: number): number => Math.sign(order);
const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const text = fc.string({ unit: 'binary' });
const number = fc.tuple(
  fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
  fc.integer({ min: -100, max: 80 }),
);

/** Coefficient × 10^exponent as DynamoDB stores it: plain text without trailing zeros. */
function normalised([coefficient, exponent]: readonly [bigint, number]): string {
  const value = new Big(`${coefficient}e${exponent}`);
  return value.eq(0) ? '0' : value.toFixed();
}

test('strings sort by their UTF-8 bytes', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(order(sortable({ S: a }), sortable({ S: b }))).toBe(sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
    }),
    // U+FFFD is above every surrogate in UTF-16 and below U+1F600 in UTF-8.
    { examples: [['\ufffd', '\u{1f600}']] },
  );
});

test('numbers sort by their value', () => {
  fc.assert(
    fc.property(number, number, (x, y) => {
      const [a, b] = [normalised(x), normalised(y)];
      expect(order(sortable({ N: a }), sortable({ N: b }))).toBe(sign(new Big(a).cmp(b)));
    }),
    {
      examples: [
        [
          [-11n, -1],
          [-1n, 0],
        ],
        [
          [0n, 0],
          [-1n, -100],
        ],
        [
          [9n, 0],
          [10n, 0],
        ],
      ],
    },
  );
});

test('binaries sort by unsigned bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
      const key = (bytes: Uint8Array) => sortable({ B: Buffer.from(bytes).toString('base64') });
      expect(order(key(a), key(b))).toBe(sign(Buffer.compare(a, b)));
    }),
  );
});

const withZeros = fc.string({ unit: fc.constantFrom('\0', '\x01', 'a', 'b') });

test('composed keys sort by the first part, then by the second', () => {
  fc.assert(
    fc.property(withZeros, withZeros, withZeros, withZeros, (a, b, c, d) => {
      expect(order(composed(a, b), composed(c, d))).toBe(order(a, c) || order(b, d));
    }),
  );
});

test('bounds of the first part hold exactly the keys that have it', () => {
  fc.assert(
    fc.property(withZeros, withZeros, withZeros, (a, b, part) => {
      const key = composed(a, b);
      expect(key >= firstPart.equalFrom(part) && key < firstPart.equalTo(part)).toBe(a === part);
      expect(key.startsWith(firstPart.prefix(part))).toBe(a.startsWith(part));
    }),
  );
});
