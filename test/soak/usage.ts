/**
 * Usage as products send it: mostly of this hour, some of it days late; some requests
 * are sent again on purpose, and now and then an id comes with another body, which must
 * be shown and billed to nobody.
 */
import { type Instant, instantAt } from '#domain/time/instant.ts';
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import { below, type Chance, pick } from '../simulation/engine/chance.ts';
import type { Sender } from './sender.ts';

export interface Usage {
  /** So many events, in a few requests, are sent in the next round. */
  readonly send: (count: number, subjects: readonly string[], now: Instant) => void;
  /** Events made so far, repeats and other bodies not counted. */
  readonly made: () => number;
  /** Events sent again on purpose. */
  readonly repeated: () => number;
}

const hourMs = 3_600_000;
const mostInOneRequest = 20;
const [late, mostDaysLate] = [0.05, 20];
/** Of a request: is sent again; holds an id that comes once more with another body. */
const repeats = 0.05;
const conflicts = 0.005;

export const usage = (random: Chance, sender: Sender): Usage => {
  let made = 0;
  let repeated = 0;

  const eventAt = (ms: number, subjects: readonly [string, ...string[]]): UsageEvent => ({
    id: `use-${String((made += 1))}`,
    source: 'switch',
    type: 'call.ended',
    subject: pick(random, subjects),
    time: instantAt(ms),
    data: {
      quantity: `${String(below(random, 30))}.${String(below(random, 10))}`,
      user: `user-${String(below(random, 4))}`,
    },
  });

  const request = (count: number, subjects: readonly [string, ...string[]], nowMs: number) => {
    const behindMs = random() < late ? below(random, mostDaysLate * 24 * hourMs) : 0;
    const events = Array.from({ length: count }, () => eventAt(nowMs - behindMs - below(random, hourMs), subjects));
    sender.use(events);
    if (random() < repeats) {
      repeated += count;
      sender.use(events);
    }
    const [first] = events;
    if (first !== undefined && random() < conflicts)
      sender.use([{ ...first, data: { quantity: '999', user: 'nobody' } }]);
  };

  return {
    send: (count, [first, ...others], now) => {
      if (first === undefined) return;
      for (let left = count; left > 0; left -= mostInOneRequest)
        request(Math.min(left, mostInOneRequest), [first, ...others], Date.parse(now));
    },
    made: () => made,
    repeated: () => repeated,
  };
};
