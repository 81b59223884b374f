/**
 * What is skipped, and why: whole families, and price models or fields inside one. Everything not named here is
 * run, peculiar or not.
 */
import type { Case } from './case.ts';

const families: Readonly<Record<string, string>> = {
  aggregate: 'not built yet: meters over events',
  proration: 'not built yet: shares of a period',
  'billing-schedule': 'not built yet: the days a subscription is billed',
  'invoice-total': 'not built yet: totals and tax of a document',
  'utility-tariff': 'not built yet: a year of interval data under a tariff',
  'utility-bill': 'not built yet: a bill from register reads',
  'telecom-rating': 'not built yet: calls under a rate deck',
  'ar-aging': 'not built yet: what is owed by age',
};

const models: Readonly<Record<string, string>> = {
  percentage: 'not built yet: a share of each event’s value, which needs the events and not their sum',
  prorated_graduated: 'not built yet: tiers chosen by full units, priced by prorated ones',
  block_graduated: 'not built yet: tiers of blocks',
  block_volume: 'not built yet: tiers of blocks',
  capacity: 'not built yet: one price by the limits of several units',
  multi_unit: 'not built yet: tiers of blocks, by unit',
};

const fields: Readonly<Record<string, string>> = {
  unitConversionEnabled:
    'a switch that turns a stated conversion off belongs to its source; ours is on where it is stated',
  tierQuantity: 'not built yet: a tier chosen by another quantity than the one priced',
};

/** Why the case is not run, or undefined where it is. */
export const skipReason = ({ family, input }: Case): string | undefined => {
  const { price } = input;
  const model = typeof price === 'object' && price !== null && 'model' in price ? String(price.model) : '';
  return (
    families[family] ??
    (family === 'price' ? models[model] : undefined) ??
    Object.entries(fields).find(([field]) => field in input)?.[1]
  );
};
