/**
 * The merge of journal items into rated aggregates, against the naive way: same
 * events, same answer, per second of processor time. The merge starts from the
 * deflated bytes that the journal holds, the naive way from JSON text.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { isRefusal } from '#domain/refusal.ts';
import { type LoggedEvent, packUsage, unpackUsage } from '#domain/usage/packed-usage.ts';
import { rateUsage } from '#domain/usage/rate-usage.ts';
import type { UsageRating } from '#domain/usage/usage-rating.ts';
import { measureRounds, type Row } from './rounds.ts';
import { type NaivePiece, naiveRating, type NaiveRating } from './naive-rating.ts';
import { seededChance, usageEvents, workloadScope, type IdKind } from './usage-workload.ts';

const requestSize = 1000;
/** About as many as one range of a night's rating holds. */
const points = 1000;
const scope = workloadScope(points);
const limits = { unassignedListed: 100 };

/** Requests of a thousand events, of which two in a hundred are sent again later, in another request. */
const requestsOf = (events: readonly LoggedEvent[]): LoggedEvent[][] => {
  const chance = seededChance(2);
  const sent = events.flatMap((event, i) =>
    i > 0 && chance() < 0.02 ? [event, events[Math.floor(chance() * i)]!] : [event],
  );
  const requests: LoggedEvent[][] = [];
  for (let from = 0; from < sent.length; from += requestSize) requests.push(sent.slice(from, from + requestSize));
  return requests;
};

const pack = (request: readonly LoggedEvent[]): Uint8Array => deflateRawSync(packUsage(request), { level: 6 });

const merged = (items: readonly Uint8Array[]): UsageRating => {
  const merge = rateUsage(scope, limits);
  items.forEach((item, arrivedAtMs) => {
    const columns = unpackUsage(inflateRawSync(item));
    if (isRefusal(columns)) throw new Error(columns.because);
    merge.add({ arrivedAtMs, columns });
  });
  return merge.finish();
};

const naivelyRated = (bodies: readonly string[]): NaiveRating => {
  const pieces = bodies.map((body, arrivedAtMs): NaivePiece => ({
    arrivedAtMs,
    events: JSON.parse(body) as LoggedEvent[],
  }));
  return naiveRating(pieces, scope, limits.unassignedListed);
};

/** What one event weighs in the journal, its item's key and attributes apart. */
const bytesPerEvent = (ids: IdKind): number =>
  pack(usageEvents({ events: requestSize, ids, seed: 3 })).length / requestSize;

/** Totals that differ from a plain sum of what was made, after repeats, over `count` events. */
const wrongTotals = (count: number): number => {
  const events = usageEvents({ events: count, points, seed: 4 });
  const rating = merged(requestsOf(events).map(pack));
  // Hundredths, as whole numbers: no quantity of the workload has more places.
  const truth = new Map<string, bigint>();
  for (const { point, type, data } of events) {
    const key = `cus_${point} ${type}`;
    truth.set(key, (truth.get(key) ?? 0n) + BigInt(Math.round(Number(data['quantity']) * 100)));
  }
  const typeOf = new Map(scope.meters.map(({ key, eventType }) => [key, eventType]));
  const wrong = rating.rated.filter(
    ({ target, meter, quantity }) =>
      truth.get(`${target} ${typeOf.get(meter)!}`) !== BigInt(Math.round(Number(quantity) * 100)),
  );
  return wrong.length + Math.abs(truth.size - rating.rated.length);
};

/** The same requests as each way has them; the events themselves are let go, for a heap full of them slows both. */
const workload = (events: number) => {
  const requests = requestsOf(usageEvents({ events, points }));
  const items = requests.map(pack);
  return {
    units: requests.reduce((sum, request) => sum + request.length, 0),
    items,
    inflated: items.map((item) => inflateRawSync(item)),
    bodies: requests.map((request) => JSON.stringify(request)),
  };
};

export const benchMerge = async (): Promise<Row[]> => {
  const { units, items, inflated, bodies } = workload(100_000);
  const [naive, fast, unpacking] = await measureRounds([
    { name: 'naive', units, run: () => naivelyRated(bodies) },
    { name: 'merge', units, run: () => merged(items) },
    { name: 'unpack', units, run: () => inflated.map(unpackUsage) },
  ]);
  const ratio = fast!.unitsPerCpuSecond / naive!.unitsPerCpuSecond;
  const sortable = bytesPerEvent('sortable');
  const uuids = bytesPerEvent('uuid');
  const wrong = wrongTotals(1_000_000);
  return [
    { metric: 'merge, naive', value: naive!.unitsPerCpuSecond, unit: 'events/CPU-s', target: '–', met: true },
    {
      metric: 'merge, from journal bytes',
      value: fast!.unitsPerCpuSecond,
      unit: 'events/CPU-s',
      ratio,
      target: '≥ 8× naive; stretch 40×',
      met: ratio >= 8,
    },
    { metric: 'unpacking alone', value: unpacking!.unitsPerCpuSecond, unit: 'events/CPU-s', target: '–', met: true },
    { metric: 'journal, sortable ids', value: sortable, unit: 'bytes/event', target: '≤ 20', met: sortable <= 20 },
    { metric: 'journal, UUIDs', value: uuids, unit: 'bytes/event', target: '–', met: true },
    { metric: 'wrong totals in 1 M events, 2 % repeats', value: wrong, unit: 'totals', target: '0', met: wrong === 0 },
  ];
};

if (import.meta.main) console.table(await benchMerge());
