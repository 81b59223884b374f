/** The books of the sound snapshot before anything has happened, to be written in as its nights are lived. */
import type { BooksSeen, DeliveredMail, ProviderCharge } from '#domain/audit/snapshot.ts';
import { canonicalText } from '#domain/canonical.ts';
import { sha256 } from '#domain/sha256.ts';
import { day } from '#domain/time/day.ts';
import * as cast from './sound-cast.ts';

/** Lists that grow and records that are replaced, unlike those an audit is given. */
type Writable<Seen> = {
  -readonly [Name in keyof Seen]: Seen[Name] extends readonly (infer Each)[] ? Each[] : Seen[Name];
};

export interface SoundBooks {
  readonly books: Writable<BooksSeen>;
  readonly parts: Map<string, string>;
  readonly charges: ProviderCharge[];
  readonly mails: DeliveredMail[];
}

export const soundBooks = (): SoundBooks => ({
  books: {
    customers: cast.names.map(cast.customerOf),
    changedCustomers: new Set(),
    people: cast.names.map(cast.personOf),
    accounts: cast.names.map((name) => ({
      customer: cast.customerNamed(name),
      currency: 'EUR',
      openItems: [],
      subscriptions: 1,
      usageSubscription: cast.planOf[name].prices.some(({ kind }) => kind === 'usage')
        ? cast.subscriptionOf(name)
        : null,
    })),
    subscriptions: cast.names.map(cast.newSubscription),
    closedPeriods: [],
    points: cast.names.map((name) => ({
      subject: name,
      assignments: [{ from: cast.always, customer: cast.customerNamed(name), recordedAt: cast.january }],
    })),
    meters: [...cast.meters],
    planVersions: [...new Set(Object.values(cast.planOf))],
    billingEntities: [cast.issuer],
    runHead: { night: day('2026-03-01'), run: 'run_2026-03-01', open: false, unfinished: [] },
    runs: [],
    ranges: [],
    invoices: [],
    series: [],
    ledgerPages: [],
    attempts: [],
    letters: [],
    lostMails: [],
    webhooks: [
      { id: 'evt_1', state: 'handled' },
      { id: 'evt_2', state: 'quarantined', because: 'We never made attempt 9 of it.' },
    ],
  },
  parts: new Map(),
  charges: [],
  mails: [],
});

export const stage = ({ parts }: Pick<SoundBooks, 'parts'>, content: unknown): string => {
  const text = canonicalText(content);
  parts.set(sha256(text), text);
  return sha256(text);
};
