/**
 * Tiers, for the models that have them. A tier stores only its upper bound, so there can be no gap: it holds every
 * quantity above the bound before it, up to and including its own, fractions too. The last tier has no bound, so every
 * quantity has a price.
 */
import * as z from 'zod';
import {
  type Decimal,
  add,
  compare,
  decimal,
  decimalText,
  isPositive,
  isZero,
  negate,
  subtract,
  zero,
} from '../money/decimal.ts';
import { type Charge, flatCharge, totalOf, usageCharge } from './pricing-model.ts';
import { decimalTerm, positiveTerm } from './terms.ts';

const tierTerms = z.strictObject({
  /** Inclusive; absent on the last tier. */
  upTo: positiveTerm.optional(),
  /** Absent in a tier that costs its flat alone. */
  unitPrice: decimalTerm.optional(),
  /** Charged once, when the tier is entered. */
  flat: decimalTerm.optional(),
  /** The most that rate and flat of this tier come to. */
  flatCap: decimalTerm.optional(),
});

/** A list of such tiers whose bounds rise and whose last, and no other, has none. */
export const tiersTerm = <Tier extends z.ZodType<{ upTo?: string | undefined }>>(tier: Tier) =>
  z
    .array(tier)
    .min(1)
    .max(1000)
    .refine((tiers) => tiers.every(({ upTo }, i) => (upTo === undefined) === (i === tiers.length - 1)), {
      error: 'the last tier, and no other, has no upper bound',
    })
    .refine((tiers) => tiers.slice(1, -1).every(({ upTo }, i) => rises(tiers[i]?.upTo, upTo)), {
      error: 'each tier ends above the one before it',
    });

const rises = (before: string | undefined, after: string | undefined): boolean =>
  before === undefined || after === undefined || compare(decimal(after), decimal(before)) > 0;

/** What every tiered model states. */
export const tieredShape = {
  tiers: tiersTerm(tierTerms),
  /** Whether the first tier's flat is owed when nothing was used; it is, unless this is false. */
  flatAtZero: z.boolean().optional(),
  /** Units free before the first tier, which move every bound up by as much. */
  allowance: positiveTerm.optional(),
};

export interface Tier {
  /** Counted from 1; 0 is the allowance. */
  readonly number: number;
  readonly part: string;
  /** Exclusive. */
  readonly from: Decimal;
  /** Inclusive. */
  readonly upTo?: Decimal;
  readonly unitPrice?: Decimal;
  readonly flat?: Decimal;
  readonly flatCap?: Decimal;
}

export interface TieredTerms {
  readonly tiers: readonly z.infer<typeof tierTerms>[];
  readonly flatAtZero?: boolean | undefined;
  readonly allowance?: string | undefined;
}

/** The tiers with their bounds and rates read, the allowance as a free tier before them. */
export const tiersOf = ({ tiers, allowance }: TieredTerms): readonly Tier[] => {
  const free = allowance === undefined ? zero : decimal(allowance);
  const read: Tier[] = isZero(free)
    ? []
    : [{ number: 0, part: `free ${allowance}`, from: zero, upTo: free, unitPrice: zero }];
  let from = free;
  for (const [i, terms] of tiers.entries()) {
    const upTo = terms.upTo === undefined ? undefined : add(decimal(terms.upTo), free);
    read.push({
      number: i + 1,
      part: partName(from, upTo),
      from,
      ...(upTo && { upTo }),
      ...(terms.unitPrice !== undefined && { unitPrice: decimal(terms.unitPrice) }),
      ...(terms.flat !== undefined && { flat: decimal(terms.flat) }),
      ...(terms.flatCap !== undefined && { flatCap: decimal(terms.flatCap) }),
    });
    from = upTo ?? from;
  }
  return read;
};

const partName = (from: Decimal, upTo: Decimal | undefined): string => {
  if (upTo === undefined) return isZero(from) ? '' : `beyond ${decimalText(from)}`;
  return isZero(from) ? `first ${decimalText(upTo)}` : `${decimalText(from)} to ${decimalText(upTo)}`;
};

/** Whether this quantity brings the tier's flat: it is above the lower bound, or zero and zero brings the first flat. */
export const isEntered = (tier: Tier, quantity: Decimal, { flatAtZero = true }: TieredTerms): boolean =>
  compare(quantity, tier.from) > 0 || (flatAtZero && isZero(quantity) && isZero(tier.from));

/** What `units` cost in an entered tier. A cap is a charge of its own that takes back the excess, so quantities stay visible. */
export const chargesIn = ({ part, number, unitPrice, flat, flatCap }: Tier, units: Decimal): readonly Charge[] => {
  const charges: Charge[] = [];
  if (unitPrice !== undefined && isPositive(units)) charges.push(usageCharge(part, units, unitPrice, number));
  if (flat !== undefined) charges.push(flatCharge(`${part}, flat`, flat, number));
  if (flatCap === undefined) return charges;
  const excess = subtract(totalOf(charges), flatCap);
  return isPositive(excess)
    ? [...charges, flatCharge(part === '' ? 'cap' : `${part}, cap`, negate(excess), number)]
    : charges;
};
