/** The fast sums against the plain fold of decimals, and the fast judgement of quantities against the exact one. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { add, decimalText, parseDecimal, zero } from '../money/decimal.ts';
import { addDecimalTo, addPlainTo, exactSums, sumOf } from './exact-sums.ts';
import { columnLimit } from './integer-column.ts';
import { plainNumberText } from './plain-number.ts';
import { isPlainQuantity, quantityOf } from './quantity.ts';

const mantissa = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer({ min: -columnLimit, max: columnLimit }),
  fc.constantFrom(columnLimit, -columnLimit, columnLimit - 1),
);
const addend = fc.record({ slot: fc.nat(3), mantissa, scale: fc.nat(12), isWide: fc.boolean() });

it('sums equal the fold of decimals, whichever way each value came', () => {
  fc.assert(
    fc.property(fc.array(addend, { maxLength: 200 }), (addends) => {
      const sums = exactSums(4);
      const plain = [zero, zero, zero, zero];
      for (const { slot, mantissa: digits, scale, isWide } of addends) {
        const value = { digits: BigInt(digits), scale };
        plain[slot] = add(plain[slot] ?? zero, value);
        if (isWide) addDecimalTo(sums, slot, value);
        else addPlainTo(sums, slot, digits, scale);
      }
      plain.forEach((total, slot) => {
        expect(decimalText(sumOf(sums, slot))).toBe(decimalText(total));
      });
    }),
  );
});

it('a lane that has run full goes on exactly', () => {
  const sums = exactSums(1);
  for (let i = 0; i < 10_001; i++) addPlainTo(sums, 0, columnLimit, 0);
  expect(sumOf(sums, 0).digits).toBe(10_001n * BigInt(columnLimit));
});

it('a plain number is a quantity just where its text is one', () => {
  const near = fc.constantFrom(10 ** 15, 10 ** 15 + 1, -(10 ** 15), -(10 ** 15) - 1);
  fc.assert(
    fc.property(fc.oneof(mantissa, near), fc.nat(20), (digits, scale) => {
      const text = plainNumberText(digits, scale);
      expect(isPlainQuantity(digits, scale)).toBe(quantityOf(text) !== undefined);
      expect(parseDecimal(text)).toEqual({ digits: BigInt(digits), scale });
    }),
  );
});
