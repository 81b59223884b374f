/** Stripe’s amounts: examples of each odd currency, and the law that nothing changes on the way there and back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencies } from '#domain/money/currency.ts';
import { money } from '#domain/money/money.ts';
import { isRefusal } from '#domain/refusal.ts';
import { fromStripe, toStripe } from './stripe-amount.ts';

describe('amounts as Stripe writes them', () => {
  it.each([
    ['10.00', 'USD', 1_000],
    ['500', 'JPY', 500],
    ['5', 'ISK', 500],
    ['5', 'UGX', 500],
    ['5.120', 'KWD', 5_120],
    ['7.00', 'MGA', 7],
    ['175.00', 'HUF', 17_500],
    ['999999.99', 'EUR', 99_999_999],
  ] as const)('%s %s is %i', (amount, currency, expected) => {
    expect(toStripe(money(amount, currency))).toEqual({ amount: expected, currency: currency.toLowerCase() });
  });

  it.each([
    ['5.124', 'KWD'],
    ['7.20', 'MGA'],
    ['0.00', 'EUR'],
    ['-1.00', 'EUR'],
    ['1000000.00', 'EUR'],
  ] as const)('%s %s is refused, not rounded', (amount, currency) => {
    expect(toStripe(money(amount, currency))).toMatchObject({ refused: 'amount_not_chargeable' });
  });

  it('come back as they went, in every currency', () => {
    let chargeable = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        fc.bigInt({ min: 1n, max: 99_999_999n }),
        fc.boolean(),
        (currency, minor, round) => {
          const amount = { currency, minor: round ? minor * 100n : minor };
          const written = toStripe(amount);
          if (isRefusal(written)) return;
          chargeable += 1;
          expect(fromStripe(written)).toEqual(amount);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(chargeable).toBeGreaterThan(500);
  });
});
