/**
 * What an operation of the API is: what it takes, what it answers, and a handler
 * that reads, decides and commits nothing. Its answer says what to write and tell;
 * the runtime commits that in one transaction and responds only then.
 */
import type * as z from 'zod';
import type { Instant } from '#domain/time/instant.ts';
import type { Answer } from '../step.ts';
import type { Ports } from '../ports.ts';
import type { Caller } from '../runtime/authorize.ts';
import type { ApiTells, ApiUses, ApiWrites } from './grants.ts';
import type { ApiRefusal } from './refusals.ts';
import type { Cursors } from './cursors.ts';

export interface Operation<Params = unknown, Query = unknown, Body = unknown, View extends z.ZodType = z.ZodType> {
  /** The names in the path. A value of another shape is one we do not have: 404. */
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** What a success carries, as JSON; or the media type of another form. */
  readonly answers: View | 'application/pdf';
  readonly successes: readonly (200 | 201 | 202)[];
  /** A method, so that operations on different requests stand in one table; each is only given what its schemas read. */
  handle(request: ApiRequest<Params, Query, Body>, ports: ApiPorts): Promise<ApiAnswer<z.input<View>> | ApiRefusal>;
}

export const operation = <View extends z.ZodType, Params = object, Query = object, Body = undefined>(
  all: Operation<Params, Query, Body, View>,
): Operation<Params, Query, Body, View> => all;

export interface ApiRequest<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Caller;
  /** The version a change insists on, from If-Match. */
  readonly ifMatch?: string;
  /** Cursors that hold for this route and query alone. */
  readonly cursors: Cursors;
}

export interface ApiAnswer<View> extends Answer<ApiWrites, ApiTells> {
  readonly status: 200 | 201 | 202;
  /** Bytes where the operation answers no JSON. */
  readonly body: View | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** What a replay answers instead, where the body holds what is shown once. */
  readonly bodyReplayed?: View;
}

export type ApiPorts = Pick<Ports, ApiUses> & {
  readonly now: Instant;
  readonly apiKeyPepper: string;
  readonly testClock?: TestClock;
};

/** Time that can be moved, on local and test stages only. */
export interface TestClock {
  now(): Instant;
  /** Lives every schedule in between. */
  advanceTo(instant: Instant): Promise<{ readonly now: Instant; readonly schedulesRun: number }>;
}
