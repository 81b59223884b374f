/**
 * What holds for every number: decimals against big.js in strict mode, allocation and addition against dinero.js, two
 * libraries that share no line with ours; and the laws that no example can prove.
 */
import Big from 'big.js';
import { add as dineroAdd, allocate as dineroAllocate, dinero, toSnapshot } from 'dinero.js/bigint';
import { EUR } from 'dinero.js/bigint/currencies';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateUnits, allocationPolicies } from './allocate.ts';
import * as decimals from './decimal.ts';
import { type Decimal, compare, decimalText } from './decimal.ts';
import { minus, moneyDecimal, negated, plus, roundToMoney } from './money.ts';
import { type Rounding, roundings } from './rounding.ts';

const StrictBig = Big();
StrictBig.strict = true;
const big = (value: Decimal): Big => new StrictBig(decimalText(value));
const same = (ours: Decimal, theirs: Big): void =>
  expect(decimalText(ours)).toBe(theirs.toFixed().replace(/^-0$/, '0'));

const anyDecimal = fc.record({ digits: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), scale: fc.nat(20) });
const nonZero = anyDecimal.filter(({ digits }) => digits !== 0n);
const places = fc.nat(12);
/** The roundings big.js has, by its own numbers. */
const bigRoundings = [
  ['down', Big.roundDown],
  ['half_up', Big.roundHalfUp],
  ['half_even', Big.roundHalfEven],
  ['up', Big.roundUp],
] as const satisfies [Rounding, number][];

describe('decimals agree with big.js', () => {
  it.each(['add', 'subtract', 'multiply'] as const)('%s', (operation) => {
    const theirs = { add: 'plus', subtract: 'minus', multiply: 'times' } as const;
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        same(decimals[operation](a, b), big(a)[theirs[operation]](big(b)));
      }),
    );
  });

  it.each(bigRoundings)('divide and rescale, %s', (rounding, mode) => {
    fc.assert(
      fc.property(anyDecimal, nonZero, places, (a, b, scale) => {
        const Rounded = Big();
        Rounded.strict = true;
        Rounded.DP = scale;
        Rounded.RM = mode;
        same(decimals.divide(a, b, scale, rounding), new Rounded(decimalText(a)).div(new Rounded(decimalText(b))));
        same(decimals.rescale(a, scale, rounding), big(a).round(scale, mode));
      }),
    );
  });

  it('compare', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        expect(compare(a, b)).toBe(big(a).cmp(big(b)));
      }),
    );
  });
});

describe('decimals', () => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(anyDecimal, (a) => {
        expect(compare(decimals.decimal(decimalText(a)), a)).toBe(0);
      }),
    );
  });

  it('round to within one unit, never past a half where the half is what decides', () => {
    fc.assert(
      fc.property(anyDecimal, places, fc.constantFrom(...roundings), (a, scale, rounding) => {
        const off = decimals.subtract(decimals.rescale(a, scale, rounding), a);
        const limit = rounding.startsWith('half') ? { digits: 5n, scale: scale + 1 } : { digits: 1n, scale };
        const size = off.digits < 0n ? decimals.negate(off) : off;
        expect(compare(size, limit)).toBeLessThanOrEqual(rounding.startsWith('half') ? 0 : -1);
      }),
    );
  });

  it('have an exact quotient only where multiplying gives the dividend back', () => {
    fc.assert(
      fc.property(anyDecimal, nonZero, (a, b) => {
        const product = decimals.multiply(a, b);
        const quotient = decimals.exactQuotient(product, b);
        expect(quotient && compare(quotient, a)).toBe(0);
        const any = decimals.exactQuotient(a, b);
        if (any) expect(compare(decimals.multiply(any, b), a)).toBe(0);
      }),
    );
  });
});

describe('money', () => {
  it('rounds a credit to what cancels its charge', () => {
    const symmetric = fc.constantFrom(...roundings.filter((mode) => !/ceil|floor|positive|negative/.test(mode)));
    fc.assert(
      fc.property(anyDecimal, symmetric, (exact, rounding) => {
        expect(roundToMoney(decimals.negate(exact), 'EUR', rounding)).toEqual(
          negated(roundToMoney(exact, 'EUR', rounding)),
        );
      }),
    );
  });

  it('is not changed by rounding it again', () => {
    fc.assert(
      fc.property(anyDecimal, fc.constantFrom(...roundings), (exact, rounding) => {
        const once = roundToMoney(exact, 'KWD', rounding);
        expect(roundToMoney(moneyDecimal(once), 'KWD', rounding)).toEqual(once);
      }),
    );
  });

  it('adds as dinero.js adds, and takes away what it added', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
        const [ours, other] = [
          { currency: 'EUR', minor: a },
          { currency: 'EUR', minor: b },
        ] as const;
        const theirs = dineroAdd(dinero({ amount: a, currency: EUR }), dinero({ amount: b, currency: EUR }));
        expect(plus(ours, other).minor).toBe(toSnapshot(theirs).amount);
        expect(minus(plus(ours, other), other)).toEqual(ours);
      }),
    );
  });
});

const weights = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 30 })
  .filter((all) => all.some((weight) => weight > 0n));
const amounts = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe('allocation', () => {
  it.each(allocationPolicies)('%s loses nothing and gives no weight no part', (policy) => {
    fc.assert(
      fc.property(amounts, weights, (amount, all) => {
        const parts = allocateUnits(amount, all.map(decimals.integer), policy);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(amount);
        expect(all.every((weight, i) => weight > 0n || parts[i] === 0n)).toBe(true);
      }),
    );
  });

  it('by largest remainder is fair to less than a unit, and mirrors', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, all) => {
        const whole = all.reduce((a, b) => a + b, 0n);
        const parts = allocateUnits(amount, all.map(decimals.integer));
        for (const [i, part] of parts.entries()) {
          const off = part * whole - amount * (all[i] ?? 0n);
          expect(off < whole && off > -whole).toBe(true);
        }
        const opposite = allocateUnits(-amount, all.map(decimals.integer));
        expect(opposite.map((part) => -part + 0n)).toEqual(parts);
      }),
    );
  });

  it('by largest weight is what dinero.js does', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, all) => {
        const theirs = dineroAllocate(dinero({ amount, currency: EUR }), all);
        expect(allocateUnits(amount, all.map(decimals.integer), 'largest_weight')).toEqual(
          theirs.map((part) => toSnapshot(part).amount),
        );
      }),
    );
  });
});
