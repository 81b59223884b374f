/** What a life of the fuzz has made so far, learned from the answers alone, so that what is asked next can name it. */
import type { Currency } from '#domain/money/currency.ts';
import type { Answered } from '../judge/answered.ts';
import type { Asked } from '../requests/asked.ts';
import { resourceOf, type Target } from '../requests/target.ts';

export interface KnownCustomer {
  readonly id: string;
  readonly externalId: string;
  readonly currency: Currency;
  readonly timezone: string;
}

interface KnownPlan {
  readonly key: string;
  readonly currency: Currency;
}

interface KnownMeter {
  readonly key: string;
  readonly eventType: string;
  readonly field?: string;
}

export interface Known {
  readonly customers: KnownCustomer[];
  readonly plans: KnownPlan[];
  readonly meters: KnownMeter[];
  readonly subscribed: Set<string>;
  /** What stands in an address, by its resource: `invoices`, `runs`, `pay`. */
  readonly names: Map<string, string[]>;
  /** Further pages of lists that were answered. */
  readonly pages: { readonly of: string; readonly query: Readonly<Record<string, string>> }[];
  /** What the provider calls the payments of this life. */
  readonly payments: string[];
}

export const nothingKnown = (): Known => ({
  customers: [],
  plans: [],
  meters: [],
  subscribed: new Set(),
  names: new Map(),
  pages: [],
  payments: [],
});

export const noteName = ({ names }: Known, resource: string, name: string): void => {
  const there = names.get(resource);
  if (there === undefined) names.set(resource, [name]);
  else there.push(name);
};

/** From the answer of a request that was taken. */
export const learn = (known: Known, target: Target, asked: Asked, { body }: Answered): void => {
  const made = body as Readonly<Record<string, string>>;
  const { id = '', key = '', subject = '', nextCursor } = made;
  switch (target.name) {
    case 'POST /v1/customers':
      known.customers.push(made as unknown as KnownCustomer);
      noteName(known, 'customers', id);
      noteName(known, 'customers', made['externalId'] ?? '');
      break;
    case 'POST /v1/plans':
      known.plans.push(made as unknown as KnownPlan);
      noteName(known, 'plans', key);
      break;
    case 'POST /v1/meters':
      known.meters.push(made as unknown as KnownMeter);
      noteName(known, 'meters', key);
      break;
    case 'POST /v1/subscriptions':
      known.subscribed.add(made['customer'] ?? '');
      noteName(known, 'subscriptions', id);
      break;
    case 'POST /v1/points':
      noteName(known, 'points', subject);
      break;
    case 'POST /v1/billing-entities':
      noteName(known, 'billing-entities', key);
      break;
    case 'POST /v1/api-keys':
      noteName(known, 'api-keys', id);
      break;
    default:
      if (nextCursor !== undefined && (nextCursor as string | null) !== null)
        known.pages.push({ of: target.name, query: { ...asked.query, cursor: nextCursor } });
      if (target.name === 'GET /v1/invoices' || target.name === 'GET /v1/billing-runs')
        for (const each of (body as { readonly data: readonly { readonly id: string }[] }).data)
          if (known.names.get(resourceOf(target))?.includes(each.id) !== true)
            noteName(known, resourceOf(target), each.id);
  }
};
