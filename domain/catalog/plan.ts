/**
 * A plan and its immutable versions: what is priced, by which meter, on which
 * terms. A version is never edited; a price change is a new version, and every
 * invoice names the version it was made from (I18).
 */
import type { Currency } from '../money/currency.ts';
import type { Rounding } from '../money/rounding.ts';
import type { Price } from '../pricing/index.ts';
import type { Instant } from '../time/instant.ts';

/** A plan's head: the newest version's number, so a version is added by a change of this one record. */
export interface Plan {
  readonly key: string;
  readonly name: string;
  readonly currency: Currency;
  readonly latestVersion: number;
  readonly createdAt: Instant;
}

export interface PlanVersion {
  readonly plan: string;
  readonly version: number;
  readonly name: string;
  readonly currency: Currency;
  readonly interval: 'month';
  readonly prices: readonly PlanPrice[];
  readonly createdAt: Instant;
}

export interface PlanPrice {
  /** Unique within the plan version. */
  readonly key: string;
  /** As the customer reads it on the bill. */
  readonly name: string;
  /** `fixed` is charged once a period; `usage` on what its meter reads. */
  readonly kind: 'fixed' | 'usage';
  /** Present on usage prices: the meter's key. */
  readonly meter?: string;
  /** The unit as the bill prints it; empty for a fixed price. */
  readonly unit: string;
  /** The model and its terms: `{ model: 'per_unit', unitPrice: '0.02' }`. */
  readonly price: Price;
  /** How each line of this price is rounded to minor units; half up where absent. */
  readonly rounding?: Rounding;
}

/** The keys of the meters that the version prices. */
export const pricedMeters = ({ prices }: PlanVersion): ReadonlySet<string> =>
  new Set(prices.flatMap(({ meter }) => meter ?? []));
