/**
 * What a meter reads of some events, worked out one event after the other. It shares
 * nothing with the rating but the decimals, and is to be read, not to be fast.
 */
import { add, compare, type Decimal, decimal, decimalText, integer, zero } from '../money/decimal.ts';
import type { Meter } from '../usage/meter.ts';
import { quantityLimits, type UsageEvent } from '../usage/usage-event.ts';

/** The exact quantity as the shortest plain decimal. The events are those the meter picks, and each has its quantity. */
export const naiveFold = ({ aggregation, field = '' }: Meter, events: readonly UsageEvent[]): string => {
  const values = () => events.map(({ data }) => decimal(data[field] ?? ''));
  switch (aggregation) {
    case 'count':
      return String(events.length);
    case 'unique_count':
      return String(new Set(events.map(({ data }) => data[field] ?? '').filter((text) => text !== '')).size);
    case 'sum':
      return decimalText(values().reduce(add, zero));
    case 'max':
      return decimalText(values().reduce((most, value) => (compare(value, most) > 0 ? value : most)));
    case 'latest':
      return decimalText(decimal([...events].sort(byTime).at(-1)?.data[field] ?? ''));
  }
};

export const picks = ({ eventType, filter = {} }: Meter, { type, data }: UsageEvent): boolean =>
  type === eventType &&
  Object.entries(filter).every(([name, allowed]) => {
    const text = Object.hasOwn(data, name) ? data[name] : undefined;
    return text !== undefined && allowed.includes(text);
  });

/** Whether the event has what the meter needs to be fed by it. */
export const hasQuantity = ({ aggregation, field = '' }: Meter, { data }: UsageEvent): boolean =>
  aggregation === 'count' || aggregation === 'unique_count' || (Object.hasOwn(data, field) && isQuantity(data[field]));

const isQuantity = (text = ''): boolean => {
  const [, places = ''] = /^-?\d{1,40}(?:\.(\d+))?$/.exec(text) ?? [];
  if (!/^-?\d{1,40}(?:\.\d+)?$/.test(text) || places.length > quantityLimits.places) return false;
  const most: Decimal = integer(quantityLimits.magnitude);
  return compare(magnitude(decimal(text)), most) <= 0;
};

const magnitude = ({ digits, scale }: Decimal): Decimal => ({ digits: digits < 0n ? -digits : digits, scale });

const byTime = (a: UsageEvent, b: UsageEvent): number =>
  inOrder(a.time, b.time) || inOrder(a.source, b.source) || inOrder(a.id, b.id);

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
