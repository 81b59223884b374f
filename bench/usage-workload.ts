/**
 * The usage events of the benchmarks, the same in every run: three kinds of event,
 * usage points of which few send most (Zipf), times as chance has them,
 * and ids as SDKs make them, `evt_` with a time-sortable text or a UUID.
 */
import type { LoggedEvent } from '#domain/usage/packed-usage.ts';
import type { Meter } from '#domain/usage/meter.ts';
import type { UsageScope } from '#domain/usage/usage-scope.ts';

export type IdKind = 'sortable' | 'uuid';

/** A small generator of chance in [0, 1), from a seed (mulberry32). */
export const seededChance = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const workloadStartMs = Date.UTC(2026, 10, 1);

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const regions = ['us-east-1', 'eu-west-1', 'ap-south-1', 'us-west-2'];
const plans = ['standard', 'premium'];

const digits = (chance: () => number, alphabet: string, count: number): string => {
  let text = '';
  for (let i = 0; i < count; i++) text += alphabet.charAt(Math.floor(chance() * alphabet.length));
  return text;
};

const sortableId = (timeMs: number, chance: () => number): string => {
  let time = '';
  for (let rest = timeMs, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = crockford.charAt(rest % 32) + time;
  return `evt_${time}${digits(chance, crockford, 16)}`;
};

const uuid = (chance: () => number): string => {
  const hex = digits(chance, '0123456789abcdef', 30);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18)}`;
};

/** Points by their share of the traffic, the n-th having 1/n of the first's. */
const zipfPoint = (chance: () => number, points: number): number => {
  const rank = Math.floor(Math.exp(chance() * Math.log(points)));
  // Numbers were given out in the order points first came, not in that of their traffic.
  return (rank * 7919) % points;
};

export interface Workload {
  readonly events: number;
  /** Usage points; ten thousand where not said. */
  readonly points?: number;
  readonly ids?: IdKind;
  readonly seed?: number;
}

/** About seven events a second from 1 November 2026 on. */
export const usageEvents = ({ events, points = 10_000, ids = 'sortable', seed = 1 }: Workload): LoggedEvent[] => {
  const chance = seededChance(seed);
  const kinds = [
    { type: 'api.requests', quantity: () => '1' },
    { type: 'storage.measured', quantity: () => String(Math.round(chance() * 1000) / 100) },
    { type: 'egress.sent', quantity: () => String(Math.floor(chance() * 100_000)) },
  ] as const;
  let timeMs = workloadStartMs;
  return Array.from({ length: events }, (): LoggedEvent => {
    timeMs += Math.floor(-Math.log(1 - chance()) * 150);
    const { type, quantity } = kinds[Math.floor(chance() * kinds.length)]!;
    const region = regions[Math.floor(chance() * regions.length)]!;
    const plan = plans[Math.floor(chance() * plans.length)]!;
    return {
      point: zipfPoint(chance, points),
      source: 'api-gateway',
      id: ids === 'uuid' ? uuid(chance) : sortableId(timeMs, chance),
      type,
      timeMs,
      data: { plan, quantity: quantity(), region },
    };
  });
};

const workloadMeters: readonly Meter[] = [
  { key: 'api_requests', eventType: 'api.requests', aggregation: 'sum', field: 'quantity', unit: 'request' },
  { key: 'storage', eventType: 'storage.measured', aggregation: 'sum', field: 'quantity', unit: 'GB-hour' },
  { key: 'egress', eventType: 'egress.sent', aggregation: 'sum', field: 'quantity', unit: 'byte' },
];

/** Every point in one open window, each a customer's own. */
export const workloadScope = (points: number): UsageScope => ({
  meters: workloadMeters,
  points: new Map(
    Array.from({ length: points }, (_, point) => [
      point,
      [{ fromMs: workloadStartMs, untilMs: Date.UTC(2027, 0, 1), target: `cus_${point}`, state: 'open' }],
    ]),
  ),
});
