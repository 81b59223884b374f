/**
 * Plans as the API takes and shows them. A price is flat: its model's own terms stand
 * beside its key and name, so a new pricing model is in the API, its documentation
 * and its checks as soon as it is in the registry of models.
 */
import * as z from 'zod';
import { roundings } from '#domain/money/rounding.ts';
import { type Price, pricingModels } from '#domain/pricing/index.ts';
import { currencyText, instantText, label, slug } from './texts.ts';

const priceWords = {
  key: slug.meta({ description: 'Unique within the plan version.', example: 'api_calls' }),
  name: label(120).meta({ description: 'As the bill prints it.', example: 'API calls' }),
  kind: z
    .enum(['fixed', 'usage'])
    .meta({ description: 'fixed: once a period. usage: what its meter reads.', example: 'usage' }),
  term: z
    .enum(['in_arrears', 'in_advance'])
    .optional()
    .meta({ description: 'When it is billed; in_arrears, which is the only one so far.', example: 'in_arrears' }),
  meter: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'The key of the meter; on usage prices.', example: 'api_calls' }),
  rounding: z
    .enum(roundings)
    .optional()
    .meta({ description: 'How a line becomes whole minor units; half_up unless said.', example: 'half_up' }),
};

const shownWords = {
  ...priceWords,
  term: z.enum(['in_arrears']).meta({ example: 'in_arrears' }),
  unit: z.string().meta({ description: 'The meter’s unit; empty for a fixed price.', example: 'call' }),
};

/** Every model's terms with these words beside them. When a price is billed is its `term`, for all models alike. */
const flatPrices = (words: z.ZodRawShape) =>
  z.discriminatedUnion(
    'model',
    Object.values(pricingModels).map(({ terms }) => {
      const { due: _, ...shape } = terms.shape as z.ZodRawShape;
      return z.strictObject({ ...words, ...shape });
    }) as unknown as [z.ZodObject<{ model: z.ZodLiteral<string> }>],
  );

type FlatPrice<Words extends z.ZodRawShape> = z.infer<z.ZodObject<Words>> & Price;

const exampleWords = { key: 'api_calls', name: 'API calls', kind: 'usage', meter: 'api_calls' };
const exampleTerms = { model: 'graduated', tiers: [{ upTo: '1000', unitPrice: '0' }, { unitPrice: '0.02' }] };
const examplePrice = { ...exampleWords, ...exampleTerms };

const priceBody = flatPrices(priceWords).meta({ id: 'PriceRequest', example: examplePrice }) as unknown as z.ZodType<
  FlatPrice<typeof priceWords>
>;
const priceView = flatPrices(shownWords).meta({
  id: 'Price',
  example: { ...exampleWords, term: 'in_arrears', unit: 'call', ...exampleTerms },
}) as unknown as z.ZodType<FlatPrice<typeof shownWords>>;

export type PriceBody = z.infer<typeof priceBody>;
export type PriceView = z.infer<typeof priceView>;

const prices = z.array(priceBody).min(1).max(50);
const interval = z.enum(['month']).optional().meta({ description: 'A month, which is the only one so far.' });
const planName = label(120).meta({ example: 'Starter' });

export const planBody = z
  .strictObject({
    key: slug.meta({ example: 'starter' }),
    name: planName,
    currency: currencyText,
    interval,
    prices,
  })
  .meta({ id: 'PlanRequest' });

export const planVersionBody = z
  .strictObject({ name: planName.optional().meta({ description: 'The plan’s own unless said.' }), interval, prices })
  .meta({ id: 'PlanVersionRequest' });

export const planVersionView = z
  .strictObject({
    plan: z.string().meta({ example: 'starter' }),
    version: z.int().meta({ example: 1 }),
    name: z.string().meta({ example: 'Starter' }),
    currency: currencyText,
    interval: z.literal('month'),
    prices: z.array(priceView),
    createdAt: instantText,
  })
  .meta({ id: 'PlanVersion', description: 'Never edited: a price change is a new version.' });

const planShape = {
  key: z.string().meta({ example: 'starter' }),
  name: z.string().meta({ example: 'Starter' }),
  currency: currencyText,
  latestVersion: z.int().meta({ example: 1 }),
  createdAt: instantText,
};

export const planView = z.strictObject(planShape).meta({ id: 'Plan' });

export const planWithVersions = z
  .strictObject({
    ...planShape,
    versions: z.array(planVersionView).meta({ description: 'The newest first, up to 50.' }),
  })
  .meta({ id: 'PlanWithVersions' });
