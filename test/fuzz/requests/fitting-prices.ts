/** Prices that make sense together, as no schema of one can say: keys of their own, models that fit their kind, meters there are. */
import { below, type Chance } from '#test/simulation/engine/chance.ts';
import type { Known } from '../world/known.ts';

export type Fields = Readonly<Record<string, unknown>>;

export const fittingPrices = (prices: readonly Fields[], { meters }: Known, random: Chance): readonly Fields[] =>
  prices.map((price, i) => {
    const { meter: _, term: __, key, ...rest } = price;
    const words = { ...rest, key: i === 0 ? key : `${String(key).slice(0, 58)}-${String(i)}` };
    const meter = meters[below(random, meters.length)]?.key;
    return price['model'] === 'fixed' ? { ...words, kind: 'fixed' } : { ...words, kind: 'usage', meter };
  });
