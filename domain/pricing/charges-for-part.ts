/**
 * A billing period may be billed in parts (an invoice at a threshold, another at the end). A part bills what all usage
 * so far costs, less what the usage before it cost, and never prices the slice alone; so the parts of a period always
 * add up to the price of the whole.
 * On no bill yet: held to the worked cases.
 */
import { type Decimal, equals, subtract } from '../money/decimal.ts';
import { type Price, chargesFor, modelOf } from './index.ts';
import { type Charge, reversed, withoutNone } from './pricing-model.ts';

/** Where a part stands in its period; `only` is a period billed whole. */
export type PartPlace = 'only' | 'first' | 'middle' | 'last';

export interface UsageSoFar {
  /** Use in the period up to and including this part. */
  readonly now: Decimal;
  /** Use that earlier parts have rated; absent where there was no earlier part, which is not the same as a zero. */
  readonly before?: Decimal;
}

/** The exact charges of one part. A flat is charged by the part that first enters its tier. */
export const chargesForPart = (price: Price, { now, before }: UsageSoFar, place: PartPlace): readonly Charge[] => {
  switch (modelOf(price).billedIn?.(price) ?? 'each_part') {
    case 'first_part':
      return place === 'only' || place === 'first' ? chargesFor(price, now) : [];
    case 'last_part':
      return place === 'only' || place === 'last' ? chargesFor(price, now) : [];
    case 'each_part':
      return before === undefined
        ? chargesFor(price, now)
        : difference(chargesFor(price, now), chargesFor(price, before));
  }
};

/** The charges that lead from one set to another, part by part; both kept whole where neither factor is the same. */
const difference = (now: readonly Charge[], before: readonly Charge[]): readonly Charge[] => {
  const earlier = new Map(before.map((charge) => [keyOf(charge), charge]));
  const changed = now.flatMap((charge) => {
    const was = earlier.get(keyOf(charge));
    earlier.delete(keyOf(charge));
    return was === undefined ? [charge] : step(charge, was);
  });
  return withoutNone([...changed, ...[...earlier.values()].map(reversed)]);
};

const keyOf = ({ kind, tier, part }: Charge): string => `${kind} ${tier ?? ''} ${part}`;

const step = (now: Charge, was: Charge): readonly Charge[] => {
  const amount = subtract(now.amount, was.amount);
  if (equals(now.unitPrice, was.unitPrice)) return [{ ...now, quantity: subtract(now.quantity, was.quantity), amount }];
  // A tier's cap takes back more as the tier fills: still one cap, of another amount.
  if (equals(now.quantity, was.quantity))
    return [{ ...now, unitPrice: subtract(now.unitPrice, was.unitPrice), amount }];
  return [now, reversed(was)];
};
