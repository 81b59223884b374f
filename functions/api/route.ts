/** A row of the route table: where, for whom, and what it does. */
import type { Scope } from '../records/api-key.ts';
import type { Operation } from './operation.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** `/v1/customers/{id}` */
  readonly path: string;
  /** What the caller's API key must be allowed; `open` needs none. */
  readonly scope: Scope | 'open';
  readonly operation: Operation;
  /** One sentence for the documentation. */
  readonly summary: string;
  /** Only where there is a clock that can be moved. */
  readonly onTestStagesOnly?: true;
}

type Row = (path: string, scope: Scope | 'open', operation: Operation, summary: string) => Route;

export const get: Row = (path, scope, operation, summary) => ({ method: 'GET', path, scope, operation, summary });
export const post: Row = (path, scope, operation, summary) => ({ method: 'POST', path, scope, operation, summary });
export const patch: Row = (path, scope, operation, summary) => ({ method: 'PATCH', path, scope, operation, summary });
export const onTestStages = (route: Route): Route => ({ ...route, onTestStagesOnly: true });
