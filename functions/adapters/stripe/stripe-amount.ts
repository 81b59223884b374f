/**
 * Money as Stripe writes it and back. Stripe's minor units are not ISO 4217's: it has
 * its own list of currencies without parts, writes two of them with two places all
 * the same, and takes dinars only in steps of ten fils. An amount Stripe cannot write
 * is refused, never rounded: from ∘ to is the identity (I15).
 */
import { assert, present } from '#domain/assert.ts';
import { type Currency, minorPlaces, parseCurrency } from '#domain/money/currency.ts';
import { type Money, moneyText } from '#domain/money/money.ts';
import { type Refusal, refuse } from '#domain/refusal.ts';

export interface StripeAmount {
  /** Whole minor units as Stripe counts them; a JSON number because Stripe's is, at most eight digits. */
  readonly amount: number;
  readonly currency: string;
}

/** `docs.stripe.com/currencies`, "Zero-decimal currencies". MGA has two places in ISO 4217. */
const withoutParts = new Set<Currency>([
  ...([
    'BIF',
    'CLP',
    'DJF',
    'GNF',
    'JPY',
    'KMF',
    'KRW',
    'MGA',
    'PYG',
    'RWF',
    'VND',
    'VUV',
    'XAF',
    'XOF',
    'XPF',
  ] as const),
]);

/** "Special cases": without parts in ISO 4217, written with two places for old programs' sake. */
const wholeWithTwoPlaces = new Set<Currency>(['ISK', 'UGX']);

const largest = 99_999_999n;

export const toStripe = ({ minor, currency }: Money): StripeAmount | Refusal<'amount_not_chargeable'> => {
  const { up, down, step } = scaleOf(currency);
  const scaled = minor * up;
  const amount = scaled / down;
  if (minor <= 0n || scaled % down !== 0n || amount % step !== 0n || amount > largest)
    return refuse(
      'amount_not_chargeable',
      `${moneyText({ minor, currency })} cannot be charged: Stripe has no such amount in ${currency}.`,
    );
  return { amount: Number(amount), currency: currency.toLowerCase() };
};

export const fromStripe = ({ amount, currency: code }: StripeAmount): Money => {
  const currency = present(parseCurrency(code.toUpperCase()), `${code} is a currency of ours`);
  const { up, down } = scaleOf(currency);
  assert(Number.isSafeInteger(amount), `${String(amount)} ${code} is a whole number of minor units`);
  const scaled = BigInt(amount) * down;
  assert(scaled % up === 0n, `${String(amount)} ${code} is a whole amount in ${currency}`);
  return { minor: scaled / up, currency };
};

/** Stripe's amount is minor × up ÷ down, and a multiple of step. */
const scaleOf = (currency: Currency): { readonly up: bigint; readonly down: bigint; readonly step: bigint } => {
  if (withoutParts.has(currency)) return { up: 1n, down: 10n ** BigInt(minorPlaces(currency)), step: 1n };
  if (wholeWithTwoPlaces.has(currency)) return { up: 100n, down: 1n, step: 100n };
  return { up: 1n, down: 1n, step: minorPlaces(currency) === 3 ? 10n : 1n };
};
