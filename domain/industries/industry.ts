/**
 * What an industry brings: its meters and a sample plan in its own words. Nothing else
 * in the system knows the industry exists; add one folder and one line in index.ts.
 */
import type { Meter } from '../usage/meter.ts';

export interface Industry {
  readonly name: string;
  readonly meters: readonly Meter[];
  /** A plan as `POST /v1/plans` takes it. */
  readonly samplePlan: SamplePlan;
}

export interface SamplePlan {
  readonly key: string;
  readonly name: string;
  readonly currency: string;
  readonly prices: readonly SamplePrice[];
}

/** A price with its model's terms beside its own fields. */
export interface SamplePrice {
  readonly key: string;
  readonly name: string;
  readonly kind: 'fixed' | 'usage';
  readonly meter?: string;
  readonly model: string;
  readonly [term: string]: unknown;
}
