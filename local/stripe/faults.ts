/**
 * What can go wrong between us and Stripe, decided by two functions the caller
 * passes (a seeded simulator, a test, or no one: by default nothing goes wrong).
 * Each fault behaves as Stripe's documentation and years of bug reports say: a
 * 500 is stored under its idempotency key and replayed, a 429 and a 409 are not,
 * and after a timeout or a reset the caller cannot know whether it happened.
 */
import type { StripeEvent } from './objects/event.ts';

export interface AskedRequest {
  readonly method: string;
  readonly path: string;
  readonly idempotencyKey: string | null;
}

export type RequestFault =
  | 'timeout_before'
  | 'timeout_after'
  | 'reset_before'
  | 'reset_after'
  | 'rate_limited'
  | 'key_in_use'
  | 'server_error_before'
  | 'server_error_after';

/** `copies: 0` loses the delivery; different delays of two events reorder them. */
export interface WebhookFate {
  readonly copies: number;
  readonly delayMs: number;
}

export interface Faults {
  /** Asked once a request to the API; undefined lets it pass. */
  readonly request?: (request: AskedRequest) => RequestFault | undefined;
  /** Asked once an event, when it is made; undefined delivers it once and now. */
  readonly webhook?: (event: StripeEvent) => WebhookFate | undefined;
}

/** Chances of each fault, from 0 to 1; at most one fault strikes a request. */
export interface FaultRates {
  readonly requests?: Partial<Record<RequestFault, number>>;
  readonly webhookLost?: number;
  readonly webhookDuplicated?: number;
  /** Chance of a delay, which is then even between 0 and `webhookDelayMs` (three days unless given). */
  readonly webhookDelayed?: number;
  readonly webhookDelayMs?: number;
}

/** Faults at these rates, drawn from `random` (at least 0, below 1), so that a seed gives the same faults again. */
export const randomFaults = (rates: FaultRates, random: () => number): Faults => ({
  request: () => {
    let draw = random();
    for (const [fault, rate] of Object.entries(rates.requests ?? {}) as [RequestFault, number][]) {
      if (draw < rate) return fault;
      draw -= rate;
    }
    return undefined;
  },
  webhook: () => ({
    copies: random() < (rates.webhookLost ?? 0) ? 0 : random() < (rates.webhookDuplicated ?? 0) ? 2 : 1,
    delayMs:
      random() < (rates.webhookDelayed ?? 0) ? Math.floor(random() * (rates.webhookDelayMs ?? 3 * 86_400_000)) : 0,
  }),
});
