/** A company of the demo: who sells what to whom, and what its customer used in January. */
import type { IndustryName } from '#domain/industries/index.ts';
import type { Instant } from '#domain/time/instant.ts';

export interface Company {
  readonly industry: IndustryName;
  readonly entity: {
    readonly key: string;
    readonly name: string;
    readonly addressLines: readonly string[];
    readonly numberPrefix: string;
  };
  readonly customer: {
    readonly externalId: string;
    readonly name: string;
    readonly email: string;
    readonly currency: string;
    readonly timezone: string;
    readonly paymentMethod: string;
    readonly address: Readonly<Record<string, string>>;
  };
  /** The points the customer's usage names besides the customer itself. */
  readonly points: readonly string[];
  /** The same events however often it is asked. */
  readonly usage: () => readonly DemoEvent[];
}

export interface DemoEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: Instant;
  readonly data: Readonly<Record<string, string>>;
}

/** Numbers that look like chance and are the same in every run: a linear congruential generator, below `limit`. */
export const dice = (seed: number): ((limit: number) => number) => {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
};
