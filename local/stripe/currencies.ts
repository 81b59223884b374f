/**
 * Stripe's own list of currencies, which is not ISO 4217's: what it can charge,
 * how it writes minor units (`docs.stripe.com/currencies`), and the smallest
 * charge. A minimum is documented for the currencies accounts settle in; for the
 * others Stripe converts the settlement currency's minimum, which a double
 * without exchange rates does not: there every positive amount passes.
 */
import { invalidRequest } from './api/errors.ts';

const CHARGEABLE = new Set(
  (
    'aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp ' +
    'cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr ' +
    'isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn ' +
    'myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle ' +
    'sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx usd uyu uzs vnd vuv wst xaf xcd xof xpf yer zar zmw'
  ).split(' '),
);

/** Minor units must end in 0: the networks take two places of the three. */
const THREE_PLACES = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);

/** Written with two places though they have none, so amounts end in 00. */
const WHOLE_HUNDREDS = new Set(['isk', 'ugx']);

const SMALLEST: Readonly<Record<string, number>> = {
  ...{ aed: 200, aud: 50, bgn: 100, brl: 50, cad: 50, chf: 50, czk: 1500, dkk: 250, eur: 50, gbp: 30, hkd: 400 },
  ...{ huf: 17500, inr: 50, jpy: 50, mxn: 1000, myr: 200, nok: 300, nzd: 50, pln: 200, ron: 200, sek: 300, sgd: 50 },
  ...{ thb: 1000, usd: 50 },
};

/** Stripe takes at most eight digits. */
const LARGEST = 99_999_999;

export const checkCurrency = (given: string): string => {
  const currency = given.toLowerCase();
  return CHARGEABLE.has(currency)
    ? currency
    : invalidRequest(`Invalid currency: ${currency}. Stripe does not support it.`, { param: 'currency' });
};

/** An amount of whole minor units as the networks can move it; also for refunds. */
export const checkPrecision = (amount: number, currency: string): number => {
  const wrong = (rule: string) =>
    invalidRequest(`Invalid amount: ${amount}. ${rule}`, { param: 'amount', code: 'parameter_invalid_integer' });
  if (amount < 1) return wrong('This value must be greater than or equal to 1.');
  if (THREE_PLACES.has(currency) && amount % 10 !== 0) return wrong(`Amounts in ${currency} must end in 0.`);
  if (WHOLE_HUNDREDS.has(currency) && amount % 100 !== 0) return wrong(`Amounts in ${currency} must end in 00.`);
  return amount;
};

export const checkChargeAmount = (amount: number, currency: string): number => {
  checkPrecision(amount, currency);
  const smallest = SMALLEST[currency] ?? 1;
  if (amount < smallest)
    return invalidRequest(`Amount must be at least ${smallest} minor units of ${currency}`, {
      code: 'amount_too_small',
      param: 'amount',
    });
  if (amount > LARGEST)
    return invalidRequest(`Amount must be no more than ${LARGEST} minor units of ${currency}`, {
      code: 'amount_too_large',
      param: 'amount',
    });
  return amount;
};
