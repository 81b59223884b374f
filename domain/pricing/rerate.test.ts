/** Rerating: late use and corrections, by example; and the law that what was booked always comes to the whole. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decimal, add, decimal, decimalText, equals, rescale, sum } from '../money/decimal.ts';
import type { Adjusters } from './adjusters/adjusters.ts';
import type { Price } from './index.ts';
import { netTotal } from './priced-line.ts';
import { rate } from './rate.ts';
import { type BookedLine, rerate } from './rerate.ts';

/** What each run books when it knows the use so far, part by part. */
const booking = (price: Price, adjusters: Adjusters, runs: readonly (readonly string[])[]) => {
  let booked: readonly BookedLine[] = [];
  return runs.map((used, i) => {
    const final = i === runs.length - 1;
    const lines = rerate(price, adjusters, { usedByPart: used.map(decimal), booked, final });
    booked = [...booked, ...lines];
    return lines.map(
      ({ periodPart, quantity, unitPrice, discount }) =>
        `part ${periodPart}: ${[quantity, unitPrice].map(decimalText).join(' × ')} − ${decimalText(discount)}`,
    );
  });
};

const perUnit: Price = { model: 'per_unit', unitPrice: '10' };
const volume: Price = { model: 'volume', tiers: [{ upTo: '15', unitPrice: '10' }, { unitPrice: '5' }] };

describe('rerating', () => {
  it('books late use in the part it belongs to', () =>
    expect(booking(perUnit, {}, [['3'], ['3', '5'], ['4', '6', '9']])).toEqual([
      ['part 0: 3 × 10 − 0'],
      ['part 1: 2 × 10 − 0'],
      ['part 0: 1 × 10 − 0', 'part 2: 3 × 10 − 0'],
    ]));

  it('lets late use take the room under a maximum from what came after it', () =>
    expect(booking(perUnit, { maximum: '50' }, [['3'], ['3', '6'], ['4', '7', '8']])).toEqual([
      ['part 0: 3 × 10 − 0'],
      ['part 1: 3 × 10 − 10'],
      ['part 0: 1 × 10 − 0', 'part 1: 0 × 10 − 10', 'part 2: 1 × 10 − 10'],
    ]));

  it('reverses a tier left behind in the part that booked it, once', () =>
    expect(booking(volume, {}, [['15'], ['15', '16'], ['15', '16', '16']])).toEqual([
      ['part 0: 15 × 10 − 0'],
      ['part 0: -15 × 10 − 0', 'part 1: 16 × 5 − 0'],
      [],
    ]));

  it('brings the minimum at the end of the period only', () =>
    expect(booking(perUnit, { minimum: '100' }, [['2'], ['2', '5']])).toEqual([
      ['part 0: 2 × 10 − 0'],
      ['part 1: 3 × 10 − 0', 'part 1: 1 × 50 − 0'],
    ]));
});

it('has booked, after any corrections, what the use known at the end costs', () => {
  const prices: readonly Price[] = [
    perUnit,
    volume,
    { model: 'fixed', amount: '9' },
    { model: 'dynamic', multiplier: '1.1' },
    { model: 'package', packageSize: '7', packagePrice: '3' },
    {
      model: 'graduated',
      tiers: [
        { upTo: '10', unitPrice: '1', flat: '5', flatCap: '12' },
        { unitPrice: '0.3', flat: '2' },
      ],
    },
  ];
  const adjusters = fc.constantFrom<Adjusters>(
    {},
    { maximum: '60' },
    { minimum: '30', maximum: '60', percentDiscount: '33', limits: 'after_discount' },
    { freeUnits: '3', percentDiscount: '10' },
  );
  // Each run knows the use of every part so far, and may know it otherwise than the run before.
  const runs = fc
    .integer({ min: 1, max: 5 })
    .chain((parts) =>
      fc.tuple(
        ...Array.from({ length: parts }, (_, i) => fc.array(fc.nat(12), { minLength: i + 1, maxLength: i + 1 })),
      ),
    );
  const round = (exact: Decimal) => rescale(exact, 2, 'half_up');
  fc.assert(
    fc.property(fc.constantFrom(...prices), adjusters, runs, (price, beside, known) => {
      let booked: readonly BookedLine[] = [];
      let usedByPart: Decimal[] = [];
      for (const [i, uses] of known.entries()) {
        let soFar = decimal('0');
        usedByPart = uses.map((use) => (soFar = add(soFar, decimal(String(use)))));
        booked = [...booked, ...rerate(price, beside, { usedByPart, booked, final: i === known.length - 1 }, round)];
      }
      const now = usedByPart.at(-1) ?? decimal('0');
      const whole = rate(price, beside, { now }, { round }).lines;
      expect(decimalText(netTotal(booked))).toBe(decimalText(netTotal(whole)));
      expect(equals(sum(booked.map(({ amount }) => amount)), sum(whole.map(({ amount }) => amount)))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
