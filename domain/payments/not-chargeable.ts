/**
 * What the provider charges, by currency: Stripe's documented minimums, its most, and its
 * steps. A smaller invoice stays open and is never tried, for it could only fail (I26). For a
 * currency without a documented minimum Stripe converts that of the account's own,
 * which changes daily: there we try, and a refusal is the answer.
 */
import { type Currency, minorPlaces } from '../money/currency.ts';
import { type Money, money, moneyText } from '../money/money.ts';

/** `docs.stripe.com/currencies`, "Minimum and maximum charge amounts". */
const minimums: ReadonlyMap<Currency, Money> = new Map(
  (
    [
      ['AED', '2.00'],
      ['AUD', '0.50'],
      ['BRL', '0.50'],
      ['CAD', '0.50'],
      ['CHF', '0.50'],
      ['CZK', '15.00'],
      ['DKK', '2.50'],
      ['EUR', '0.50'],
      ['GBP', '0.30'],
      ['HKD', '4.00'],
      ['HUF', '175.00'],
      ['INR', '0.50'],
      ['JPY', '50'],
      ['MXN', '10.00'],
      ['MYR', '2.00'],
      ['NOK', '3.00'],
      ['NZD', '0.50'],
      ['PLN', '2.00'],
      ['RON', '2.00'],
      ['SEK', '3.00'],
      ['SGD', '0.50'],
      ['THB', '10.00'],
      ['USD', '0.50'],
    ] as const
  ).map(([currency, amount]) => [currency, money(amount, currency)]),
);

/** The most digits an amount may have in minor units. */
const mostDigits = 8;

/** Why this amount cannot be charged, for a person; undefined where it can. */
export const notChargeable = (amount: Money): string | undefined => {
  if (amount.minor <= 0n) return 'Nothing is owed.';
  if (String(amount.minor).length > mostDigits)
    return `${moneyText(amount)} is more than a card can be charged at once.`;
  // Three-decimal currencies are charged in steps of ten of their minor units.
  if (minorPlaces(amount.currency) === 3 && amount.minor % 10n !== 0n) {
    return `A card cannot be charged ${moneyText(amount)}, for its last digit.`;
  }
  const minimum = minimums.get(amount.currency);
  if (minimum === undefined || amount.minor >= minimum.minor) return undefined;
  return `${moneyText(amount)} is less than the ${moneyText(minimum)} a card can be charged.`;
};
