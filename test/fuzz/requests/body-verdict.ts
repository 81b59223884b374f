/** What is to become of a body, by the schema of its address and the rules that hold for every JSON we take. */
import * as z from 'zod';
import { reservedNames } from '#domain/usage/event-names.ts';
import type { Expected } from './asked.ts';
import type { Target } from './target.ts';

/** Usage is taken event by event, news must be believable, time goes a year at most, a backup is of the past. */
const decidedElsewhere: ReadonlySet<string> = new Set([
  'POST /v1/events',
  'POST /webhooks/stripe',
  'POST /v1/test-clock',
  'POST /v1/restore',
]);

export const bodyVerdict = ({ name, body: schema = z.strictObject({}), answers }: Target, value: unknown): Expected => {
  if (decidedElsewhere.has(name) || answers === 'text/html') return 'anything';
  const isGood = isSeemly(value) && z.safeParse(schema, value).success && pricesMakeSense(value);
  return isGood ? 'taken' : 'refused';
};

/** Whole numbers are taken in plain digits; `1E5` or `-0.0` may be taken or refused with a sentence, so long as nothing breaks. */
export const isPlainlyWritten = (text: string): boolean => {
  let isPlain = true;
  JSON.parse(text, (_, value: unknown, { source }: { readonly source?: string } = {}) => {
    if (typeof value === 'number' && !/^-?(0|[1-9]\d*)(\.\d+)?$/.test(source ?? '')) isPlain = false;
    if (Object.is(value, -0)) isPlain = false;
    return value;
  });
  return isPlain;
};

interface PriceWords {
  readonly key: string;
  readonly kind: string;
  readonly model: string;
  readonly meter?: string;
}

/** What no schema of one price says: keys of their own, a fixed price fixed and without a meter, a usage price with one. */
const pricesMakeSense = (body: unknown): boolean => {
  const { prices = [] } = (body ?? {}) as { readonly prices?: readonly PriceWords[] };
  return (
    new Set(prices.map(({ key }) => key)).size === prices.length &&
    prices.every(
      ({ kind, model, meter }) =>
        (kind === 'fixed') === (model === 'fixed') && (kind === 'fixed') === (meter === undefined),
    )
  );
};

/** No reserved name and no half of a surrogate pair, however deep. */
const isSeemly = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([name, member]) => !reservedNames.has(name) && name.isWellFormed() && isSeemly(member),
  );
};
