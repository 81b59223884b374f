/** The orders in which a rating lists events: total, and the same however the events came. */
import type { LoggedArrival } from './usage-rating.ts';

export const textOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By time, source and id: total among events of different identities. */
export const byTime = (a: LoggedArrival, b: LoggedArrival): number =>
  a.timeMs - b.timeMs || textOrder(a.source, b.source) || textOrder(a.id, b.id);

/** By first arrival, then by body: total among the bodies of one identity. */
export const byArrival = (a: LoggedArrival, b: LoggedArrival): number =>
  a.arrivedAtMs - b.arrivedAtMs || a.timeMs - b.timeMs || textOrder(JSON.stringify(a), JSON.stringify(b));
