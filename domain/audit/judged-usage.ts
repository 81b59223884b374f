/**
 * What every billing run should have made of the usage it saw, event by event: rated
 * into the period, quarantined for a reason, or none of its business. A run saw what
 * had arrived, and knew who owned which point, up to its own cut-off; so the judgement
 * is made again from today's snapshot as of then, and it does not matter how the run
 * split its customers into ranges.
 */
import type { BillingRun, DuePeriod, RatedPeriods, RunRange } from '../invoicing/billing-run.ts';
import { periodOf, type Subscription } from '../subscriptions/subscription.ts';
import type { Instant } from '../time/instant.ts';
import { pricedMeters } from '../catalog/plan.ts';
import type { Meter } from '../usage/meter.ts';
import type { Assignment, Point } from '../usage/point.ts';
import type { Quarantined } from '../usage/rate-usage.ts';
import { type Body, distinctBodies } from './distinct-bodies.ts';
import { hasQuantity, picks } from './naive-fold.ts';
import type { Snapshot } from './snapshot.ts';
import { storedPart } from './stored-part.ts';

export interface JudgedUsage {
  readonly bodies: readonly Body[];
  /** The bodies of each identity. */
  readonly rivals: ReadonlyMap<string, readonly Body[]>;
  /** One for each due period that was rated and whose subscription prices usage. */
  readonly periods: readonly JudgedPeriod[];
}

export interface JudgedPeriod {
  readonly run: BillingRun;
  readonly range: RunRange;
  readonly due: DuePeriod;
  /** Whether this run closed the period; one that was parked is judged again by the next. */
  readonly isClosed: boolean;
  /** Of two runs, one of them given up, the other closed the period: this one may have looked at what was late before that or after, when it was dealt with. */
  readonly isAnothers: boolean;
  /** The meters the run is known to have had. */
  readonly meters: readonly Meter[];
  readonly rated: readonly Body[];
  readonly quarantined: ReadonlyMap<Body, Quarantined['reason']>;
  /** What the run itself wrote down. */
  readonly written: RatedPeriods[string];
}

export const judgedUsage = (snapshot: Snapshot): JudgedUsage => {
  const { books } = snapshot;
  const bodies = distinctBodies(snapshot.journal);
  const rivals = Map.groupBy(bodies, ({ identity }) => identity);
  const bySubject = Map.groupBy(bodies, ({ subject }) => subject);
  const runs = new Map(books.runs.map((run) => [run.id, run]));
  const subscriptions = new Map(books.subscriptions.map((subscription) => [subscription.id, subscription]));
  const metered = new Set(books.accounts.map(({ usageSubscription }) => usageSubscription));
  const closedBy = new Map(books.closedPeriods.map(({ subscription, n, run }) => [`${subscription} ${n}`, run]));
  const pointsOf = pointsByOwner(books.points);
  const metersOf = metersByRun(snapshot);

  const judge = (run: BillingRun, range: RunRange, due: DuePeriod, usage: RatedPeriods): JudgedPeriod[] => {
    const subscription = subscriptions.get(due.subscription);
    if (subscription === undefined || !metered.has(subscription.id)) return [];
    const settledUpTo = runs.get(closedBy.get(`${subscription.id} ${due.n - 1}`) ?? '')?.usageUpTo;
    const meters = metersOf(run);
    const version = books.planVersions.find(
      (each) => each.plan === subscription.plan && each.version === subscription.planVersion,
    );
    const priced = version === undefined ? new Set<string>() : pricedMeters(version);
    const rated: Body[] = [];
    const quarantined = new Map<Body, Quarantined['reason']>();
    for (const point of pointsOf.get(due.customer) ?? []) {
      for (const body of bySubject.get(point.subject) ?? []) {
        const fate = fateOf(body, {
          point,
          subscription,
          n: due.n,
          cutOff: run.usageUpTo,
          settledUpTo,
          meters,
          priced,
          rivals,
        });
        if (fate === 'rated') rated.push(body);
        else if (fate !== 'elsewhere') quarantined.set(body, fate);
      }
    }
    const closer = closedBy.get(`${subscription.id} ${due.n}`);
    const isClosed = closer === run.id;
    const isAnothers = closer !== undefined && !isClosed && (run.givenUp || runs.get(closer)?.givenUp === true);
    const written = usage[subscription.id] ?? { events: 0, meters: [] };
    return [{ run, range, due, isClosed, isAnothers, meters, rated, quarantined, written }];
  };

  const periods = books.ranges.flatMap((range) => {
    const run = runs.get(range.run);
    if (run === undefined || range.rated === null) return [];
    const usage = storedPart<RatedPeriods>(snapshot, range.rated.usage) ?? {};
    const due = storedPart<readonly DuePeriod[]>(snapshot, range.expected) ?? [];
    return due.flatMap((each) => judge(run, range, each, usage));
  });
  return { bodies, rivals, periods };
};

interface View {
  readonly point: Point;
  readonly subscription: Subscription;
  readonly n: number;
  readonly cutOff: Instant;
  /** When the periods before were last settled; undefined where there is none. */
  readonly settledUpTo: Instant | undefined;
  readonly meters: readonly Meter[];
  /** The keys of the meters that the subscription's plan prices. */
  readonly priced: ReadonlySet<string>;
  readonly rivals: JudgedUsage['rivals'];
}

const fateOf = (body: Body, view: View): 'rated' | 'elsewhere' | Quarantined['reason'] => {
  const { subscription, n, cutOff, settledUpTo, meters, rivals } = view;
  const assignment = assignmentAt(view.point, body.time, cutOff);
  const period = periodOf(subscription, n);
  const isOurs = assignment?.customer === subscription.customer && body.arrivedAt <= cutOff;
  if (!isOurs || body.time < periodOf(subscription, 0).from || body.time >= period.until) return 'elsewhere';
  const isLate = body.time < period.from;
  if (isLate && settledUpTo !== undefined && availableAt(body, assignment) <= settledUpTo) return 'elsewhere';
  const isContested = (rivals.get(body.identity) ?? []).some((rival) => rival !== body && rival.arrivedAt <= cutOff);
  if (isContested) return 'conflict';
  if (isLate) return 'period_closed';
  const picked = meters.filter((meter) => picks(meter, body));
  if (picked.length === 0) return 'unknown_meter';
  const readable = picked.filter((meter) => hasQuantity(meter, body));
  const isWhole = picked.every((meter) => readable.includes(meter) || !view.priced.has(meter.key));
  return readable.length > 0 && isWhole ? 'rated' : 'bad_quantity';
};

/** Who owned the point at that time, as far as we had been told by `knownBy`. */
export const assignmentAt = ({ assignments }: Point, time: Instant, knownBy?: Instant): Assignment | undefined =>
  assignments.findLast(({ from, recordedAt }) => from <= time && (knownBy === undefined || recordedAt <= knownBy));

/** When the event could first be billed: it had arrived, and we had been told whose it is. */
export const availableAt = ({ arrivedAt }: Body, { recordedAt }: Assignment): Instant =>
  arrivedAt > recordedAt ? arrivedAt : recordedAt;

const pointsByOwner = (points: readonly Point[]): ReadonlyMap<string, readonly Point[]> => {
  const owned = points.flatMap((point) =>
    [...new Set(point.assignments.map(({ customer }) => customer))].map((customer) => ({
      customer: customer ?? '',
      point,
    })),
  );
  return new Map(
    [...Map.groupBy(owned, ({ customer }) => customer)].map(([customer, each]) => [
      customer,
      each.map(({ point }) => point),
    ]),
  );
};

/**
 * A meter does not say when it was made. A run had those that it or an earlier run read,
 * and those that a plan version of its day prices; one made later must not judge it.
 */
const metersByRun = (snapshot: Snapshot) => {
  const { meters, planVersions, ranges, runs } = snapshot.books;
  const readBy = ranges.flatMap(({ run, rated }) => {
    const usage = rated === null ? {} : (storedPart<RatedPeriods>(snapshot, rated.usage) ?? {});
    return Object.values(usage).flatMap((period) => period.meters.map(({ meter }) => ({ run, meter })));
  });
  const openedAt = new Map(runs.map((run) => [run.id, run.openedAt]));
  const known = new Map<string, readonly Meter[]>();
  return (run: BillingRun): readonly Meter[] => {
    const already = known.get(run.id);
    if (already !== undefined) return already;
    const keys = new Set([
      ...readBy.filter((each) => (openedAt.get(each.run) ?? '') <= run.openedAt).map(({ meter }) => meter),
      ...planVersions
        .filter(({ createdAt }) => createdAt <= run.openedAt)
        .flatMap(({ prices }) => prices.map(({ meter }) => meter)),
    ]);
    const had = meters.filter(({ key }) => keys.has(key));
    known.set(run.id, had);
    return had;
  };
};
