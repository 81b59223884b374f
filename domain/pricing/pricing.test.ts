/** Every model's own examples, the shape of its charges, and what the terms of a price refuse. */
import { describe, expect, it } from 'vitest';
import { decimal, decimalText, equals, multiply } from '../money/decimal.ts';
import { type Price, chargesFor, modelOf, priceTerms, pricingModels, refuseQuantity } from './index.ts';
import { totalOf } from './pricing-model.ts';

const owed = (price: Price, quantity: string) => decimalText(totalOf(chargesFor(price, decimal(quantity))));

const examples = Object.entries(pricingModels).flatMap(([name, model]) =>
  model.examples.flatMap(({ that, terms, owes }) =>
    Object.entries(owes).map(([quantity, amount]) => ({ name, that, terms, quantity, amount })),
  ),
);

describe('examples', () => {
  it.each(examples)('$name $that: $quantity → $amount', ({ terms, quantity, amount }) => {
    const price = priceTerms.parse(terms);
    expect(owed(price, quantity)).toBe(amount);
    for (const charge of chargesFor(price, decimal(quantity)))
      expect(equals(charge.amount, multiply(charge.quantity, charge.unitPrice))).toBe(true);
  });

  it.each(Object.entries(pricingModels))('%s has some, and its name in its terms', (name, { examples }) => {
    expect(examples.length).toBeGreaterThan(0);
    for (const { terms } of examples) expect(terms.model).toBe(name);
  });
});

describe('charges', () => {
  it('say which part they are, tier by tier', () => {
    const price: Price = {
      model: 'graduated',
      tiers: [{ upTo: '10', unitPrice: '1', flat: '5' }, { upTo: '100', unitPrice: '0.5' }, { unitPrice: '0.1' }],
    };
    const shown = chargesFor(price, decimal('101')).map(
      ({ part, kind, tier, quantity, unitPrice, amount }) =>
        `${part} | ${kind} ${tier} | ${[quantity, unitPrice, amount].map(decimalText).join(' ')}`,
    );
    expect(shown).toEqual([
      'first 10 | usage 1 | 10 1 10',
      'first 10, flat | flat 1 | 1 5 5',
      '10 to 100 | usage 2 | 90 0.5 45',
      'beyond 100 | usage 3 | 1 0.1 0.1',
    ]);
  });

  it('tell a tier without a rate from a tier whose rate is nothing', () => {
    const tiersAt = (unitPrice?: string): Price => ({
      model: 'volume',
      tiers: [{ flat: '5', ...(unitPrice && { unitPrice }) }],
    });
    expect(chargesFor(tiersAt(), decimal('3')).map(({ kind }) => kind)).toEqual(['flat']);
    expect(chargesFor(tiersAt('0'), decimal('3')).map(({ kind }) => kind)).toEqual(['usage', 'flat']);
  });
});

describe('negative usage', () => {
  const tiers = [{ upTo: '100', unitPrice: '0.1', flat: '3' }, { unitPrice: '0.02' }];
  it.each([
    ['is priced as none unless said', { model: 'graduated', tiers }, '3'],
    ['is priced as none', { model: 'graduated', tiers, negative: 'clamp' }, '3'],
    ['mirrors the same use', { model: 'graduated', tiers, negative: 'credit' }, '-13.4'],
    ['mirrors a volume price too', { model: 'volume', tiers, negative: 'credit' }, '-2.4'],
  ] satisfies [string, Price, string][])('%s', (_, price, amount) => expect(owed(price, '-120')).toBe(amount));

  it('is refused where the terms say so, and then never rated', () => {
    const price: Price = { model: 'per_unit', unitPrice: '1', negative: 'reject' };
    expect(refuseQuantity(price, decimal('-1'))?.because).toContain('-1');
    expect(refuseQuantity(price, decimal('0'))).toBeUndefined();
    expect(() => chargesFor(price, decimal('-1'))).toThrow('rejects');
  });
});

describe('the terms of a price', () => {
  const rate = { unitPrice: '1' };
  it.each([
    ['a model nobody knows', { model: 'barter', amount: '1' }],
    ['no model', { amount: '1' }],
    ['a word the model does not know', { model: 'fixed', amount: '1', discount: '2' }],
    ['another model’s terms', { model: 'fixed', unitPrice: '1' }],
    ['a number, which may be a float', { model: 'fixed', amount: 1.5 }],
    ['an exponent', { model: 'fixed', amount: '1e3' }],
    ['a negative rate', { model: 'per_unit', unitPrice: '-1' }],
    ['no tiers', { model: 'graduated', tiers: [] }],
    ['a bounded last tier', { model: 'graduated', tiers: [{ upTo: '5', ...rate }] }],
    ['an unbounded tier before the last', { model: 'volume', tiers: [rate, rate] }],
    ['bounds that fall', { model: 'volume', tiers: [{ upTo: '5', ...rate }, { upTo: '4', ...rate }, rate] }],
    [
      'bounds that stand still',
      { model: 'graduated', tiers: [{ upTo: '5', ...rate }, { upTo: '5.0', ...rate }, rate] },
    ],
    ['a tier that ends at zero', { model: 'graduated', tiers: [{ upTo: '0', ...rate }, rate] }],
    [
      'a bound that is no decimal',
      { model: 'volume', tiers: [{ upTo: '5', ...rate }, { upTo: 'six', ...rate }, rate] },
    ],
    ['a size that is no decimal', { model: 'package', packageSize: 'ten', packagePrice: '1' }],
    ['packages of nothing', { model: 'package', packageSize: '0.00', packagePrice: '1' }],
  ])('refuse %s', (_, terms) => expect(priceTerms.safeParse(terms).success).toBe(false));

  it.each(examples.map(({ terms }) => terms))('pass through unchanged and are plain JSON: %j', (terms) => {
    expect(priceTerms.parse(JSON.parse(JSON.stringify(terms)))).toEqual(terms);
  });

  it('compile only with their own model', () => {
    // @ts-expect-error: a fixed price has no tiers
    const price: Price = { model: 'fixed', tiers: [rate] };
    expect(priceTerms.safeParse(price).success).toBe(false);
    expect(modelOf({ model: 'fixed', amount: '1' })).toBe(pricingModels.fixed);
  });
});
