/** Periods billed in parts: by example, and the law that the parts of a period add up to the whole. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decimal, add, decimal, decimalText, equals, sum } from '../money/decimal.ts';
import { type Price, chargesFor } from './index.ts';
import { type PartPlace, chargesForPart } from './charges-for-part.ts';
import { totalOf } from './pricing-model.ts';

const shown = (price: Price, now: string, before: string | undefined, place: PartPlace) =>
  chargesForPart(price, { now: decimal(now), ...(before !== undefined && { before: decimal(before) }) }, place).map(
    ({ part, quantity, unitPrice }) => `${part}: ${decimalText(quantity)} × ${decimalText(unitPrice)}`,
  );

const tiers = [
  { upTo: '5', unitPrice: '2', flat: '100' },
  { upTo: '10', unitPrice: '1', flat: '50' },
  { unitPrice: '0.5' },
];

describe('a part of a period', () => {
  it('charges a tier’s flat where the tier is first entered', () => {
    const price: Price = { model: 'graduated', tiers };
    expect(shown(price, '3', undefined, 'first')).toEqual(['first 5: 3 × 2', 'first 5, flat: 1 × 100']);
    expect(shown(price, '7', '3', 'middle')).toEqual(['first 5: 2 × 2', '5 to 10: 2 × 1', '5 to 10, flat: 1 × 50']);
    expect(shown(price, '12', '7', 'last')).toEqual(['5 to 10: 3 × 1', 'beyond 10: 2 × 0.5']);
  });

  it('tells an earlier part without use, which has charged the first flat, from no earlier part', () => {
    const price: Price = { model: 'graduated', tiers };
    expect(shown(price, '3', '0', 'middle')).toEqual(['first 5: 3 × 2']);
  });

  it('charges only what a cap has left', () => {
    const price: Price = { model: 'graduated', tiers: [{ unitPrice: '1', flatCap: '5' }] };
    expect(shown(price, '7', '6', 'middle')).toEqual([': 1 × 1', 'cap: 1 × -1']);
  });

  it('gives back what a correction took away', () =>
    expect(shown({ model: 'graduated', tiers }, '4', '7', 'last')).toEqual([
      'first 5: -1 × 2',
      '5 to 10: -2 × 1',
      '5 to 10, flat: -1 × 50',
    ]));

  it('bills a volume price at the end alone, and a fixed one when it is due', () => {
    expect(shown({ model: 'volume', tiers }, '7', undefined, 'first')).toEqual([]);
    expect(shown({ model: 'volume', tiers }, '12', '7', 'last')).toEqual(['beyond 10: 12 × 0.5']);
    expect(shown({ model: 'fixed', amount: '9' }, '1', undefined, 'first')).toEqual([': 1 × 9']);
    expect(shown({ model: 'fixed', amount: '9' }, '1', '1', 'last')).toEqual([]);
    expect(shown({ model: 'fixed', amount: '9', due: 'in_arrears' }, '1', '1', 'last')).toEqual([': 1 × 9']);
  });
});

const prices: readonly Price[] = [
  { model: 'fixed', amount: '9' },
  { model: 'fixed', amount: '9', due: 'in_arrears' },
  { model: 'per_unit', unitPrice: '0.0123' },
  { model: 'graduated', tiers },
  { model: 'graduated', tiers: tiers.map((tier) => ({ ...tier, flatCap: '60' })), allowance: '4' },
  { model: 'volume', tiers },
  { model: 'package', packageSize: '3', packagePrice: '2', freeUnits: '4' },
];

it('adds up over its parts to the price of the whole, however it is cut', () => {
  const steps = fc.array(fc.record({ digits: fc.bigInt({ min: 0n, max: 400n }), scale: fc.nat(2) }), {
    minLength: 2,
    maxLength: 8,
  });
  fc.assert(
    fc.property(fc.constantFrom(...prices), steps, (price, uses) => {
      let before: Decimal | undefined;
      const parts = uses.map((use, i) => {
        const now = add(before ?? decimal('0'), use);
        const place = i === 0 ? 'first' : i === uses.length - 1 ? 'last' : 'middle';
        const charges = chargesForPart(price, before === undefined ? { now } : { now, before }, place);
        before = now;
        return totalOf(charges);
      });
      expect(equals(sum(parts), totalOf(chargesFor(price, sum(uses))))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
