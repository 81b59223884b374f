/** The families of cases the domain can answer, each by its own file. */
import { allocate } from './allocate.ts';
import type { Family } from './case.ts';
import { priceProgressive } from './price-progressive.ts';
import { price } from './price.ts';
import { round } from './round.ts';

export const families: Readonly<Record<string, Family>> = {
  allocate,
  price,
  'price-progressive': priceProgressive,
  round,
};
