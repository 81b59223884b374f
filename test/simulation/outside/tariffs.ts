/** Plans of every pricing model in a currency, and the meters they price. */
export interface MeterBody {
  readonly key: string;
  readonly eventType: string;
}
interface PriceBody {
  readonly kind: string;
  readonly meter?: string;
  readonly [field: string]: unknown;
}
export interface PlanBody {
  readonly key: string;
  readonly name: string;
  readonly currency: SimulatedCurrency;
  readonly prices: readonly PriceBody[];
}

export const meters = [
  { key: 'calls', eventType: 'call.ended', aggregation: 'sum', field: 'quantity', unit: 'call' },
  { key: 'people', eventType: 'call.ended', aggregation: 'unique_count', field: 'user', unit: 'user' },
] as const;

export const currencies = ['EUR', 'USD', 'JPY', 'KWD'] as const;
export type SimulatedCurrency = (typeof currencies)[number];

/** What one call costs, and the monthly fee, in amounts the currency can write. */
const amounts: Readonly<Record<SimulatedCurrency, readonly [call: string, fee: string]>> = {
  EUR: ['0.105', '9.90'],
  USD: ['0.0375', '20.00'],
  JPY: ['12.5', '900'],
  KWD: ['0.0105', '3.500'],
};

const fee = (currency: SimulatedCurrency): PriceBody => ({
  ...{ key: 'fee', name: 'Monthly fee', kind: 'fixed', model: 'fixed', amount: amounts[currency][1] },
});

export const fixedPlan = (currency: SimulatedCurrency): PlanBody => ({
  key: `flat_${currency.toLowerCase()}`,
  name: 'Flat',
  currency,
  prices: [fee(currency)],
});

export const usagePlans = (currency: SimulatedCurrency) => {
  const [unitPrice, price] = amounts[currency];
  const calls = { key: 'calls', name: 'Calls', kind: 'usage', meter: 'calls' };
  const plan = (name: string, ...prices: readonly PriceBody[]): PlanBody => ({
    key: `${name}_${currency.toLowerCase()}`,
    name,
    currency,
    prices,
  });
  const tiers = [{ upTo: '40', unitPrice }, { upTo: '200', unitPrice: '0' }, { unitPrice }];
  return [
    plan('metered', { ...calls, model: 'per_unit', unitPrice }, fee(currency)),
    plan('graded', { ...calls, model: 'graduated', tiers }),
    plan('bulk', { ...calls, model: 'volume', tiers }),
    plan('packs', { ...calls, model: 'package', packageSize: '25', packagePrice: price }),
    plan('seats', { ...calls, key: 'people', meter: 'people', model: 'per_unit', unitPrice: price }),
  ] as const;
};
