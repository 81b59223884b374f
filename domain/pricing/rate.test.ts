/** Adjusters, by example: the order they come in, the parts of a period, and the limits of a price. */
import { describe, expect, it } from 'vitest';
import { decimal, decimalText, rescale } from '../money/decimal.ts';
import { isRefusal } from '../refusal.ts';
import type { RatingContext } from './adjusters/adjust.ts';
import { type Adjusters, adjusterTerms } from './adjusters/adjusters.ts';
import { applyCredits } from './adjusters/credits.ts';
import type { Price } from './index.ts';
import { netTotal, payableOf } from './priced-line.ts';
import { rate, rateBuckets } from './rate.ts';

const perUnit: Price = { model: 'per_unit', unitPrice: '10' };
const toCents = (exact: Parameters<typeof rescale>[0]) => rescale(exact, 2, 'half_up');

const billed = (
  price: Price,
  adjusters: Adjusters,
  usage: string,
  context: RatingContext & { before?: string } = {},
) => {
  const { before, ...rest } = context;
  const so = { now: decimal(usage), ...(before !== undefined && { before: decimal(before) }) };
  return decimalText(netTotal(rate(price, adjusterTerms.parse(adjusters), so, { round: toCents, ...rest }).lines));
};

describe('the order of the adjusters', () => {
  it('is conversion, quantity rounding, free units, charges, limits, discount', () => {
    // 7 430 / 1000 = 7.43 → 8 whole → less 2 free = 6 × 10 = 60 → at most 50 → half of it.
    const adjusters: Adjusters = {
      unitConversion: { operation: 'divide', factor: '1000' },
      quantityRounding: { multiple: '1', rounding: 'up' },
      freeUnits: '2',
      maximum: '50',
      percentDiscount: '50',
    };
    expect(billed(perUnit, adjusters, '7430')).toBe('25');
    // The discount first: 60 → 30, which the maximum does not reach.
    expect(billed(perUnit, { ...adjusters, limits: 'after_discount' }, '7430')).toBe('30');
  });

  it('shows what each took beside the amount it reduced', () => {
    const { lines } = rate(perUnit, { maximum: '50', percentDiscount: '10' }, { now: decimal('6') });
    expect(lines.map(({ amount, discount }) => [amount, discount].map(decimalText))).toEqual([['60', '15']]);
  });
});

describe('conversion', () => {
  it.each([
    ['divides exactly', { operation: 'divide', factor: '1024' }, '1536', '15'],
    ['rounds as named', { operation: 'divide', factor: '3', rounding: 'up', places: 1 }, '10', '34'],
    ['multiplies', { operation: 'multiply', factor: '1.5' }, '3', '45'],
  ] satisfies [string, Adjusters['unitConversion'], string, string][])('%s', (_, unitConversion, usage, amount) =>
    expect(billed(perUnit, { unitConversion }, usage)).toBe(amount),
  );

  it('converts what was used so far, or each part on its own where it is told to', () => {
    const unitConversion = { operation: 'divide', factor: '1000', rounding: 'ceil' } as const;
    // 1 400 before and 1 300 now: ceil(2.7) − ceil(1.4) = 1, but ceil(1.3) = 2 on its own.
    const context = { before: '1400', place: 'middle' } as const;
    expect(billed(perUnit, { unitConversion }, '2700', context)).toBe('10');
    expect(billed(perUnit, { unitConversion: { ...unitConversion, of: 'each_part' } }, '2700', context)).toBe('20');
  });

  it('refuses a division that never ends and says no rounding', () => {
    const parsed = adjusterTerms.safeParse({ unitConversion: { operation: 'divide', factor: '3' } });
    expect(parsed.error?.issues[0]?.message).toContain('never ends');
  });
});

describe('the terms of adjusters', () => {
  it.each([
    [{ minimum: 'a', maximum: 'b' }],
    [{ minimum: '2', maximum: '1' }],
    [{ percentDiscount: '101' }],
    [{ percentDiscount: 'half' }],
    [{ unitConversion: { operation: 'divide', factor: '0' } }],
    [{ unitConversion: { operation: 'divide', factor: 'z' } }],
    [{ windowCommitment: { amount: '1', overageFactor: '0.5' } }],
    [{ quantityRounding: { multiple: '0', rounding: 'up' } }],
    [{ generosity: '1' }],
  ])('refuse %j', (terms) => expect(adjusterTerms.safeParse(terms).success).toBe(false));
});

describe('minimum and maximum', () => {
  it('a minimum is trued up on the last bill of the period only', () => {
    expect(billed(perUnit, { minimum: '100' }, '3', { place: 'first' })).toBe('30');
    const last = { before: '3', place: 'last', billedBefore: decimal('30') } as const;
    expect(billed(perUnit, { minimum: '100' }, '5', last)).toBe('70');
    const { lines } = rate(perUnit, { minimum: '100' }, { now: decimal('0') });
    expect(lines.map(({ kind, part, amount }) => `${kind} ${part} ${decimalText(amount)}`)).toEqual([
      'minimum minimum 100',
    ]);
  });

  it('a maximum counts what was billed before, and takes lines in order', () => {
    expect(
      billed(perUnit, { maximum: '100' }, '12', { before: '7', place: 'middle', billedBefore: decimal('70') }),
    ).toBe('30');
    expect(
      billed(perUnit, { maximum: '100' }, '30', { before: '20', place: 'last', billedBefore: decimal('200') }),
    ).toBe('0');
    const tiers: Price = { model: 'graduated', tiers: [{ upTo: '5', unitPrice: '10' }, { unitPrice: '8' }] };
    const { lines } = rate(tiers, { maximum: '60' }, { now: decimal('10') });
    expect(lines.map(({ discount }) => decimalText(discount))).toEqual(['0', '30']);
  });

  it('rounds a limit as it rounds a line', () =>
    expect(billed({ model: 'per_unit', unitPrice: '100' }, { maximum: '10000.001' }, '100.5')).toBe('10000'));
});

describe('buckets', () => {
  it('are each priced alone, and limited together', () => {
    const packages: Price = { model: 'package', packageSize: '100', packagePrice: '5' };
    const hours = ['50', '150', '200', '99'].map(decimal); // 1 + 2 + 2 + 1 packages
    expect(decimalText(netTotal(rateBuckets(packages, {}, hours)))).toBe('30');
    expect(decimalText(netTotal(rateBuckets(packages, { maximum: '20' }, hours)))).toBe('20');
    expect(rateBuckets(packages, {}, [])).toEqual([]);
  });
});

describe('a window commitment', () => {
  const twoEach: Price = { model: 'per_unit', unitPrice: '2' };
  const windows = (commitment: Adjusters['windowCommitment'], ...quantities: string[]) =>
    decimalText(netTotal(rateBuckets(twoEach, { windowCommitment: commitment }, quantities.map(decimal))));

  it.each([
    ['is trued up below', ['6'], '20'],
    ['is met exactly', ['10'], '20'],
    ['costs the factor beyond: 20 + 10 × 1.5', ['15'], '35'],
    ['holds window by window', ['6', '15'], '55'],
  ])('%s', (_, quantities, amount) =>
    expect(windows({ amount: '20', overageFactor: '1.5' }, ...quantities)).toBe(amount),
  );

  it('bills the use alone where it is not trued up', () =>
    expect(windows({ amount: '20', overageFactor: '1.5', trueUp: false }, '6')).toBe('12'));

  it('is never split over the parts of a period', () =>
    expect(() =>
      rate(twoEach, { windowCommitment: { amount: '20' } }, { now: decimal('1') }, { place: 'first' }),
    ).toThrow('whole'));
});

describe('credits', () => {
  const { lines } = rate(
    { model: 'graduated', tiers: [{ upTo: '5', flat: '100' }, { flat: '50' }] },
    { minimum: '200' },
    { now: decimal('10') },
  );

  it('are used up on the lines in order, the minimum too', () => {
    const paid = applyCredits(lines, [decimal('100'), decimal('75')]);
    expect(isRefusal(paid) ? paid : paid.map((line) => decimalText(payableOf(line)))).toEqual(['0', '0', '25']);
  });

  it('are refused where they are more than there is to pay', () =>
    expect(applyCredits(lines, [decimal('200.01')])).toMatchObject({ refused: 'credits_exceed_lines' }));
});
