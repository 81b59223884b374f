/** What a row of the flow table can say, and the words it is said in. */
import type { EventName } from '#events/domain-events.ts';
import type { LaneName } from './lanes.ts';
import type { Port } from './ports.ts';
import type { Scope } from './records/api-key.ts';
import type { RecordKind } from './records/index.ts';

export interface FlowRow {
  readonly on: readonly Trigger[];
  /**
   * plain: one answer, one transaction. each: one answer per item of a range, a thrower parked.
   * outside: claim, act, record. door: answers an HTTP request. sweep: the runtime's own upkeep.
   */
  readonly kind: 'plain' | 'each' | 'outside' | 'door' | 'sweep';
  readonly lane: LaneName;
  /** The port an outside step acts through. */
  readonly outside?: Port;
  readonly uses: readonly Port[];
  readonly writes: readonly RecordKind[];
  readonly tells: readonly EventName[];
  /** For whoever is woken by the alarm: who is affected, and what is safe. */
  readonly whenItFails: string;
}

export type Flow = Readonly<Record<string, FlowRow>>;

export type Trigger =
  | { readonly on: 'http'; readonly method: 'GET' | 'POST'; readonly path: string; readonly scope?: Scope }
  | { readonly on: 'daily'; readonly utc: string }
  | { readonly on: 'every'; readonly minutes: number }
  | { readonly on: 'events'; readonly names: readonly EventName[] };

/** A route; with a scope where callers need an API key for it. */
export const http = <const Method extends 'GET' | 'POST', const Path extends string>(
  method: Method,
  path: Path,
  scope?: Scope,
) => ({ on: 'http', method, path, ...(scope === undefined ? {} : { scope }) }) as const;
/** Every day at this time of UTC. */
export const daily = <const Utc extends string>(utc: Utc) => ({ on: 'daily', utc }) as const;
/** Every so many minutes, counted from midnight UTC. */
export const every = <const Minutes extends number>(minutes: Minutes) => ({ on: 'every', minutes }) as const;
export const events = <const Names extends readonly EventName[]>(...names: Names) => ({ on: 'events', names }) as const;
