/** A postal address as lines, in the order most of the world writes them; parts nobody gave leave no gap. */
import type { Address } from '#domain/catalog/customer.ts';

export const addressLines = ({ line1, line2, postalCode, city, region, country }: Address): readonly string[] =>
  [line1, line2, [postalCode, city].filter(isGiven).join(' '), region, country].filter(isGiven);

const isGiven = (part: string | undefined): part is string => part !== undefined && part !== '';
