/**
 * What holds for every tiered price and every quantity. Up to 10 000 units each tier model is compared with an oracle
 * that walks unit by unit; beyond, and for fractions, with a second formula in another library's arithmetic.
 */
import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Decimal,
  add,
  compare,
  decimal,
  decimalText,
  equals,
  multiply,
  negate,
  subtract,
  sum,
} from '../money/decimal.ts';
import { type Price, chargesFor, modelOf, priceTerms, pricingModels } from './index.ts';
import { totalOf } from './pricing-model.ts';

interface Tier {
  upTo?: string;
  unitPrice: string;
  flat: string;
}

const owed = (price: Price, quantity: Decimal): Decimal => totalOf(chargesFor(price, quantity));
const cents = fc.nat(999_999).map((digits) => decimalText({ digits: BigInt(digits), scale: 6 }));
const flats = fc.nat(9_999).map((digits) => decimalText({ digits: BigInt(digits), scale: 2 }));

/** One to six tiers with whole bounds. */
const tiersUpTo = (most: number): fc.Arbitrary<Tier[]> =>
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 1, max: most }), { maxLength: 5 }),
      fc.array(fc.tuple(cents, flats), { minLength: 6, maxLength: 6 }),
    )
    .map(([bounds, rates]) => {
      const sorted = bounds.sort((a, b) => a - b);
      return [...sorted, undefined].map((bound, i) => {
        const [unitPrice = '0', flat = '0'] = rates[i] ?? [];
        return { ...(bound === undefined ? {} : { upTo: String(bound) }), unitPrice, flat };
      });
    });

const quantities = fc
  .record({ digits: fc.bigInt({ min: 0n, max: 10n ** 15n }), scale: fc.nat(6) })
  .filter(({ digits }) => digits >= 0n);

/** Walks every unit from the first, in whole millionths, and asks which tier it is in. */
const walked = (tiers: readonly Tier[], units: number): { graduated: bigint; volume: bigint } => {
  const millionths = (text: string): bigint => BigInt(Math.round(Number(text) * 1e6));
  let [at, graduated] = [0, millionths(tiers[0]?.flat ?? '0')];
  for (let unit = 1; unit <= units; unit += 1) {
    while (unit > Number(tiers[at]?.upTo ?? Infinity)) graduated += millionths(tiers[(at += 1)]?.flat ?? '0');
    graduated += millionths(tiers[at]?.unitPrice ?? '0');
  }
  return {
    graduated,
    volume: millionths(tiers[at]?.unitPrice ?? '0') * BigInt(units) + millionths(tiers[at]?.flat ?? '0'),
  };
};

/**
 * Graduated without tiers: price everything at the last rate, then add back what each bound makes dearer or cheaper
 * below it: q × r_last + Σ (r_i − r_i+1) × min(q, U_i).
 */
const summedByBounds = (tiers: readonly Tier[], quantity: string): Big => {
  const StrictBig = Big();
  StrictBig.strict = true;
  const q = new StrictBig(quantity);
  return tiers.reduce((total, tier, i) => {
    const next = tiers[i + 1];
    const entered = i === 0 || q.gt(tiers[i - 1]?.upTo ?? '0');
    const withFlat = entered ? total.plus(tier.flat) : total;
    if (next === undefined || tier.upTo === undefined) return withFlat.plus(q.times(tier.unitPrice));
    const within = q.lt(tier.upTo) ? q : new StrictBig(tier.upTo);
    return withFlat.plus(new StrictBig(tier.unitPrice).minus(next.unitPrice).times(within));
  }, new StrictBig('0'));
};

describe('tiers', () => {
  it('price what a walk unit by unit prices, up to 10 000', () => {
    fc.assert(
      fc.property(tiersUpTo(10_000), fc.nat(10_000), (tiers, units) => {
        const oracle = walked(tiers, units);
        for (const model of ['graduated', 'volume'] as const) {
          const ours = owed({ model, tiers }, decimal(String(units)));
          expect(decimalText(ours)).toBe(decimalText({ digits: oracle[model], scale: 6 }));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('price b − 1, b and b + 1 of every bound as the walk does', () => {
    fc.assert(
      fc.property(tiersUpTo(300), (tiers) => {
        const edges = tiers.flatMap(({ upTo }) =>
          upTo === undefined ? [] : [-1, 0, 1].map((by) => Number(upTo) + by),
        );
        for (const units of [0, ...edges]) {
          const oracle = walked(tiers, units);
          for (const model of ['graduated', 'volume'] as const) {
            const ours = owed({ model, tiers }, decimal(String(units)));
            expect(decimalText(ours)).toBe(decimalText({ digits: oracle[model], scale: 6 }));
          }
        }
      }),
    );
  });

  it('price what a second formula prices, beyond and between whole units', () => {
    fc.assert(
      fc.property(tiersUpTo(1_000_000_000), quantities, (tiers, quantity) => {
        const theirs = summedByBounds(tiers, decimalText(quantity));
        expect(decimalText(owed({ model: 'graduated', tiers }, quantity))).toBe(theirs.toFixed());
      }),
      { numRuns: 1000 },
    );
  });

  it('hold the whole quantity, each unit once', () => {
    fc.assert(
      fc.property(tiersUpTo(1_000_000), quantities, (tiers, quantity) => {
        const used = chargesFor({ model: 'graduated', tiers }, quantity).filter(({ kind }) => kind === 'usage');
        expect(equals(sum(used.map((charge) => charge.quantity)), quantity)).toBe(true);
      }),
    );
  });

  it('shifted by an allowance price as free units and then the tiers', () => {
    fc.assert(
      fc.property(tiersUpTo(1000), quantities, fc.integer({ min: 1, max: 500 }), (tiers, quantity, allowance) => {
        const free = decimal(String(allowance));
        const shifted: Price = { model: 'graduated', tiers, allowance: String(allowance), flatAtZero: false };
        const rest = compare(quantity, free) > 0 ? subtract(quantity, free) : decimal('0');
        expect(decimalText(owed(shifted, quantity))).toBe(
          decimalText(owed({ model: 'graduated', tiers, flatAtZero: false }, rest)),
        );
      }),
    );
  });
});

const anyPrice: fc.Arbitrary<Price> = fc.oneof(
  cents.map((unitPrice): Price => ({ model: 'per_unit', unitPrice })),
  cents.map((amount): Price => ({ model: 'fixed', amount })),
  tiersUpTo(100_000).map((tiers): Price => ({ model: 'graduated', tiers })),
  fc
    .tuple(tiersUpTo(100_000), fc.boolean())
    .map(([tiers, flatAtZero]): Price => ({ model: 'volume', tiers, flatAtZero })),
  tiersUpTo(100_000).map((tiers): Price => ({
    model: 'graduated',
    tiers: tiers.map((tier) => ({ ...tier, flatCap: '50' })),
  })),
  fc
    .tuple(fc.integer({ min: 1, max: 10_000 }), cents, fc.nat(100), fc.constantFrom('up' as const, 'down' as const))
    .map(([size, packagePrice, free, round]): Price => ({
      model: 'package',
      packageSize: String(size),
      packagePrice,
      freeUnits: String(free),
      round,
    })),
);

describe('every price', () => {
  it('that does not say it may, never costs less for more', () => {
    fc.assert(
      fc.property(
        anyPrice.filter((price) => modelOf(price).mayFall === undefined),
        quantities,
        quantities,
        (price, quantity, more) => {
          expect(compare(owed(price, add(quantity, more)), owed(price, quantity))).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('that says it may fall does, somewhere', () => {
    const falling = Object.values(pricingModels).filter(({ mayFall }) => mayFall !== undefined);
    expect(falling).toEqual([pricingModels.volume]);
    const price: Price = { model: 'volume', tiers: [{ upTo: '10', unitPrice: '1' }, { unitPrice: '0.5' }] };
    expect(compare(owed(price, decimal('11')), owed(price, decimal('10')))).toBe(-1);
  });

  it('has charges that are each quantity × unit price and never of nothing', () => {
    fc.assert(
      fc.property(anyPrice, quantities, (price, quantity) => {
        for (const charge of chargesFor(price, quantity)) {
          expect(equals(charge.amount, multiply(charge.quantity, charge.unitPrice))).toBe(true);
          expect(charge.quantity.digits).not.toBe(0n);
        }
      }),
    );
  });

  it('gives back for negative usage exactly what the same use costs, where it credits', () => {
    fc.assert(
      fc.property(anyPrice, quantities, (price, quantity) => {
        fc.pre(quantity.digits > 0n);
        const credited = owed({ ...price, negative: 'credit' }, negate(quantity));
        expect(equals(credited, negate(owed(price, quantity)))).toBe(true);
        expect(equals(owed({ ...price, negative: 'clamp' }, negate(quantity)), owed(price, decimal('0')))).toBe(true);
      }),
    );
  });
});

it('any JSON is a price or is refused, and never breaks the reading of it', () => {
  const words = fc.constantFrom(
    'model',
    'tiers',
    'upTo',
    'unitPrice',
    'flat',
    'flatCap',
    'packageSize',
    'percent',
    'amount',
  );
  const texts = fc.oneof(
    fc.constantFrom('0', '1', '5', '0.5', 'x', '-1', '1e3', '', ...Object.keys(pricingModels)),
    fc.string(),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, texts, fc.constant(null), fc.integer(), tie('list'), tie('record')),
    list: fc.array(tie('value'), { maxLength: 3 }),
    record: fc.dictionary(words, tie('value'), { maxKeys: 4 }),
  }));
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(pricingModels)), fc.dictionary(words, value), (model, terms) => {
      expect(priceTerms.safeParse({ ...terms, model }).success).toBeTypeOf('boolean');
    }),
    { numRuns: 2000 },
  );
});
