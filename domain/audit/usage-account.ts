/**
 * Where every event ever accepted is today: in exactly one place, and nowhere is a
 * place called "lost". What was billed stays billed; everything else is told by who
 * owns its point now.
 */
import { periodOf } from '../subscriptions/subscription.ts';
import type { Body } from './distinct-bodies.ts';
import { assignmentAt, availableAt, type JudgedUsage, judgedUsage } from './judged-usage.ts';
import type { Snapshot } from './snapshot.ts';

/** accepted = rated + quarantined + suspense + pending + unsubscribed; the log holds accepted + duplicates. */
export interface UsageAccount {
  /** Distinct events. */
  readonly accepted: number;
  readonly duplicates: number;
  /** On a bill, or in a period that came to nothing. */
  readonly rated: number;
  /** Of a closed period, shown with the reason, and on no bill. */
  readonly quarantined: number;
  /** Of points nobody owns. */
  readonly suspense: number;
  /** To be rated by a run to come. */
  readonly pending: number;
  /** Of customers who had no subscription that prices usage at that time. */
  readonly unsubscribed: number;
}

export type Whereabouts = Exclude<keyof UsageAccount, 'accepted' | 'duplicates'>;

export const usageAccount = (snapshot: Snapshot): UsageAccount => accountOf(snapshot, judgedUsage(snapshot));

export const accountOf = (snapshot: Snapshot, judged: JudgedUsage): UsageAccount => {
  const counts = { rated: 0, quarantined: 0, suspense: 0, pending: 0, unsubscribed: 0 };
  for (const whereabouts of whereaboutsOf(snapshot, judged).values()) counts[whereabouts] += 1;
  return { accepted: judged.bodies.length, duplicates: snapshot.journal.length - judged.bodies.length, ...counts };
};

export const whereaboutsOf = (
  { books }: Snapshot,
  { bodies, periods }: JudgedUsage,
): ReadonlyMap<Body, Whereabouts> => {
  const rated = new Set(periods.filter(({ isClosed }) => isClosed).flatMap((period) => period.rated));
  const points = new Map(books.points.map((point) => [point.subject, point]));
  const accounts = new Map(books.accounts.map((account) => [account.customer, account]));
  const subscriptions = new Map(books.subscriptions.map((subscription) => [subscription.id, subscription]));

  const whereIs = (body: Body): Whereabouts => {
    if (rated.has(body)) return 'rated';
    const point = points.get(body.subject);
    const assignment = point === undefined ? undefined : assignmentAt(point, body.time);
    if (assignment === undefined || assignment.customer === null) return 'suspense';
    const subscription = subscriptions.get(accounts.get(assignment.customer)?.usageSubscription ?? '');
    if (subscription === undefined || body.time < periodOf(subscription, 0).from) return 'unsubscribed';
    if (body.time >= periodOf(subscription, subscription.currentPeriod).from) return 'pending';
    // Late, and no run has looked since.
    return availableAt(body, assignment) <= (subscription.ratedUpTo ?? '') ? 'quarantined' : 'pending';
  };
  return new Map(bodies.map((body) => [body, whereIs(body)]));
};
