/** The prices of a request as a plan version keeps them, once they make sense together; and as the API shows them. */
import { isRefusal, refuse } from '#domain/refusal.ts';
import type { PlanPrice, PlanVersion } from '#domain/catalog/plan.ts';
import type { Price } from '#domain/pricing/index.ts';
import type { PriceBody, PriceView } from '#events/api/plans.ts';
import type { Books } from '../../ports.ts';
import type { ApiRefusal } from '../refusals.ts';

export const planPrices = async (
  books: Books,
  bodies: readonly PriceBody[],
): Promise<readonly PlanPrice[] | ApiRefusal> => {
  const prices: PlanPrice[] = [];
  const meters = await books.getAll(
    'meter',
    [...new Set(bodies.flatMap(({ meter }) => (meter === undefined ? [] : [meter])))].filter(isKey),
  );
  for (const [i, body] of bodies.entries()) {
    if (prices.some(({ key }) => key === body.key))
      return refuse('invalid_request', 'Another price of this plan has this key.', `/prices/${String(i)}/key`);
    const price = planPrice(
      body,
      (key) => meters.find(({ value }) => value.key === key)?.value.unit,
      `/prices/${String(i)}`,
    );
    if (isRefusal(price)) return price;
    prices.push(price);
  }
  return prices;
};

/** Only what can be a meter's key is looked for: an empty text is no place in the table. */
const isKey = (text: string): boolean => text !== '';

const planPrice = (
  body: PriceBody,
  unitOf: (meter: string) => string | undefined,
  at: string,
): PlanPrice | ApiRefusal => {
  const { key, name, kind, term, meter, rounding, ...terms } = body;
  if (term === 'in_advance') {
    return refuse(
      'in_advance_not_supported',
      'Prices are billed in arrears; billing in advance is not supported yet.',
      `${at}/term`,
    );
  }
  // The words beside the terms are taken off; what is left is the model with its terms.
  const price = terms;
  const words = { key, name, kind, ...(rounding === undefined ? {} : { rounding }) };
  if (kind === 'fixed') {
    if (price.model !== 'fixed')
      return refuse('invalid_request', 'A fixed price has the model "fixed".', `${at}/model`);
    if (meter !== undefined) return refuse('invalid_request', 'A fixed price reads no meter.', `${at}/meter`);
    return { ...words, unit: '', price: { ...price, due: 'in_arrears' } };
  }
  if (price.model === 'fixed')
    return refuse('invalid_request', 'The model "fixed" is for prices of the kind "fixed".', `${at}/model`);
  if (meter === undefined) return refuse('invalid_request', 'A usage price names the meter it reads.', `${at}/meter`);
  const unit = unitOf(meter);
  if (unit === undefined) return refuse('unknown_meter', 'There is no meter under this key.', `${at}/meter`);
  return { ...words, meter, unit, price };
};

export const planVersionView = ({ prices, ...version }: PlanVersion) => ({ ...version, prices: prices.map(priceView) });

const priceView = ({ price, ...words }: PlanPrice): PriceView => ({ ...words, term: 'in_arrears', ...termsOf(price) });

/** A model's terms without what `term` says for every model. */
export const termsOf = (price: Price): Price => {
  if (price.model !== 'fixed') return price;
  const { due: _, ...terms } = price;
  return terms;
};
