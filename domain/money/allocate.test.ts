/** Allocation, by example: who gets the cent that is left over. */
import { describe, expect, it } from 'vitest';
import { type AllocationPolicy, allocate, allocateUnits, refuseWeights } from './allocate.ts';
import { decimal } from './decimal.ts';
import { amountText, money } from './money.ts';

describe('allocateUnits', () => {
  const examples: [amount: bigint, weights: string, policy: AllocationPolicy, parts: string, because: string][] = [
    [100n, '1 1 1', 'largest_remainder', '34 33 33', 'equal remainders: the earlier part'],
    [101n, '1 1 1', 'largest_remainder', '34 34 33', 'two left over, one each'],
    [5n, '3 7', 'largest_remainder', '2 3', '1.5 and 3.5: the earlier part'],
    [100n, '1 2 4', 'largest_remainder', '14 29 57', '14.29, 28.57, 57.14: the largest remainder'],
    [-5n, '7 3', 'largest_remainder', '-4 -1', 'mirrors 5 by 7:3'],
    [-5n, '7 3', 'largest_remainder_floor', '-3 -2', '−4 and −2 leave one to give, to the earlier'],
    [5n, '0 3 7', 'largest_remainder', '0 2 3', 'no weight, no part'],
    [0n, '1 2', 'largest_remainder', '0 0', 'nothing splits into nothing'],
    [1n, '0.25 0.75', 'largest_remainder', '0 1', 'weights may be fractions'],
    [5n, '1 3', 'largest_weight', '1 4', '1.25 and 3.75: the larger weight, not the larger remainder'],
    [11n, '2 5 3', 'largest_weight', '2 6 3', 'the unit left goes to the 5'],
    [-5n, '1 3', 'largest_weight', '-1 -4', 'mirrors 5 by 1:3'],
    [2n, '1 1 1', 'from_last', '1 1 0', 'the last takes its share of 2 first, and it is cut to nothing'],
    [100n, '0 0', 'from_last', '50 50', 'no weights at all count as equal here'],
    [100n, '1 0 0', 'from_last', '100 0 0', ''],
    [100n, '0 1', 'from_last', '0 100', ''],
  ];
  it.each(examples)('%d by %s, %s: %s (%s)', (amount, weights, policy, parts) =>
    expect(allocateUnits(amount, weights.split(' ').map(decimal), policy).join(' ')).toBe(parts),
  );
});

describe('allocate', () => {
  it('splits money', () => {
    const parts = allocate(money('100', 'EUR'), ['0.5', '0.3', '0.2'].map(decimal));
    expect(parts.map(amountText)).toEqual(['50.00', '30.00', '20.00']);
  });
});

describe('refuseWeights', () => {
  it.each([[''], ['-1 2'], ['0 0']])('refuses "%s"', (weights) => {
    const given = weights === '' ? [] : weights.split(' ').map(decimal);
    expect(refuseWeights(given)?.refused).toBe('unusable_weights');
    expect(() => allocateUnits(1n, given)).toThrow();
  });
});
