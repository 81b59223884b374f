/**
 * Rating of usage as one would first write it: every event an object, a Map by
 * identity, decimals added one by one. It is the oracle that the laws hold the
 * merge to, and what the benchmark measures the merge against.
 */
import { add, compare, type Decimal, decimalText, integer, parseDecimal, zero } from '#domain/money/decimal.ts';
import type { Meter } from '#domain/usage/meter.ts';
import type { LoggedEvent } from '#domain/usage/packed-usage.ts';
import type { LoggedArrival, Quarantined, RatedUsage, UsageRating } from '#domain/usage/usage-rating.ts';
import type { PointWindow, UsageScope } from '#domain/usage/usage-scope.ts';

export interface NaivePiece {
  readonly arrivedAtMs: number;
  readonly events: readonly LoggedEvent[];
}

/** As UsageRating, without the digests. */
export type NaiveRating = Omit<UsageRating, 'rated'> & { readonly rated: readonly Omit<RatedUsage, 'digest'>[] };

const bodyOf = ({ point, source, id, type, timeMs, data }: LoggedEvent): string =>
  JSON.stringify([point, source, id, type, timeMs, Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))]);

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byIdentity = (a: LoggedEvent, b: LoggedEvent): number =>
  a.timeMs - b.timeMs || inOrder(a.source, b.source) || inOrder(a.id, b.id);
const byArrival = (a: LoggedArrival, b: LoggedArrival): number =>
  a.arrivedAtMs - b.arrivedAtMs || a.timeMs - b.timeMs || inOrder(JSON.stringify(a), JSON.stringify(b));

const isQuantity = (text: string | undefined): boolean => {
  const value = text === undefined ? undefined : parseDecimal(text);
  if (value === undefined || value.scale > 12) return false;
  const limit = integer(10n ** 15n);
  return compare(value, limit) <= 0 && compare(value, integer(-limit.digits)) >= 0;
};

const measures = ({ eventType, filter = {} }: Meter, { type, data }: LoggedEvent): boolean =>
  type === eventType &&
  Object.entries(filter).every(([name, allowed]) => Object.hasOwn(data, name) && allowed.includes(data[name] ?? ''));

const fieldOf = ({ field = '' }: Meter, { data }: LoggedEvent): string | undefined =>
  Object.hasOwn(data, field) ? data[field] : undefined;

const canRead = (meter: Meter, event: LoggedEvent): boolean =>
  !['sum', 'max', 'latest'].includes(meter.aggregation) || isQuantity(fieldOf(meter, event));

const quantityOf = (meter: Meter, events: readonly LoggedEvent[]): Decimal => {
  const values = (): Decimal[] => events.map((event) => parseDecimal(fieldOf(meter, event) ?? '') ?? zero);
  switch (meter.aggregation) {
    case 'count':
      return integer(BigInt(events.length));
    case 'sum':
      return values().reduce(add, zero);
    case 'max':
      return values().reduce((best, value) => (compare(value, best) > 0 ? value : best));
    case 'latest':
      return parseDecimal(fieldOf(meter, [...events].sort(byIdentity).at(-1)!) ?? '') ?? zero;
    case 'unique_count':
      return integer(BigInt(new Set(events.map((event) => fieldOf(meter, event) ?? '').filter(Boolean)).size));
  }
};

export const naiveRating = (pieces: Iterable<NaivePiece>, scope: UsageScope, unassignedListed: number): NaiveRating => {
  const identities = new Map<string, Map<string, LoggedArrival>>();
  const counts = { received: 0, outside: 0, repeats: 0, distinct: 0, rated: 0, settled: 0, late: 0 };
  const reasons = { conflicts: 0, unknownMeter: 0, badQuantity: 0, unassigned: 0 };
  for (const { arrivedAtMs, events } of pieces) {
    for (const event of events) {
      if (!scope.points.has(event.point)) {
        counts.outside++;
        continue;
      }
      counts.received++;
      const identity = JSON.stringify([event.source, event.id]);
      const bodies = identities.get(identity) ?? new Map<string, LoggedArrival>();
      identities.set(identity, bodies);
      const body = bodyOf(event);
      const known = bodies.get(body);
      if (known === undefined) counts.distinct++;
      else counts.repeats++;
      bodies.set(body, { ...event, arrivedAtMs: Math.min(arrivedAtMs, known?.arrivedAtMs ?? arrivedAtMs) });
    }
  }

  const windowOf = ({ point, timeMs }: LoggedEvent): PointWindow | undefined =>
    scope.points.get(point)?.find(({ fromMs, untilMs }) => fromMs <= timeMs && timeMs < untilMs);
  const isSettled = (event: LoggedArrival): boolean => {
    const window = windowOf(event);
    return window?.state === 'closed' && event.arrivedAtMs <= (window.settledUpToMs ?? -Infinity);
  };
  const fed = new Map<string, { target: string; meter: Meter; events: LoggedEvent[] }>();
  const quarantined: Quarantined[] = [];
  const unassigned: LoggedArrival[] = [];
  const targets = [...scope.points.values()].flatMap((windows) => windows.map(({ target }) => target));
  const ratedEvents = Object.fromEntries(targets.map((target) => [target, 0]));
  for (const bodies of identities.values()) {
    const settled = [...bodies.values()].filter(isSettled);
    const others = [...bodies.values()].filter((event) => !isSettled(event));
    counts.settled += settled.length;
    if (others.length === 0) continue;
    if (bodies.size > 1) {
      reasons.conflicts += others.length;
      quarantined.push({ reason: 'conflict', events: others.sort(byArrival), settled: settled.sort(byArrival) });
      continue;
    }
    const event = others[0]!;
    const window = windowOf(event);
    const picking = scope.meters.filter((meter) => measures(meter, event));
    if (window === undefined) {
      reasons.unassigned++;
      unassigned.push(event);
    } else if (window.state === 'closed') {
      counts.late++;
      quarantined.push({ reason: 'period_closed', events: [event] });
    } else if (picking.length === 0) {
      reasons.unknownMeter++;
      quarantined.push({ reason: 'unknown_meter', events: [event] });
    } else if (
      !picking.some((meter) => canRead(meter, event)) ||
      picking.some((meter) => !canRead(meter, event) && (scope.priced?.get(window.target)?.has(meter.key) ?? true))
    ) {
      reasons.badQuantity++;
      quarantined.push({ reason: 'bad_quantity', events: [event] });
    } else {
      counts.rated++;
      ratedEvents[window.target] = (ratedEvents[window.target] ?? 0) + 1;
      for (const meter of picking.filter((each) => canRead(each, event))) {
        const key = JSON.stringify([window.target, meter.key]);
        const pair = fed.get(key) ?? { target: window.target, meter, events: [] };
        fed.set(key, pair);
        pair.events.push(event);
      }
    }
  }
  const rated = [...fed.values()].map(({ target, meter, events }) => ({
    target,
    meter: meter.key,
    quantity: decimalText(quantityOf(meter, events)),
    events: events.length,
  }));
  return {
    rated: rated.sort((a, b) => inOrder(a.target, b.target) || inOrder(a.meter, b.meter)),
    quarantined: quarantined.sort((a, b) => byIdentity(a.events[0], b.events[0])),
    unassigned: unassigned.sort(byIdentity).slice(0, unassignedListed),
    ratedEvents,
    counts: { ...counts, ...reasons },
  };
};
