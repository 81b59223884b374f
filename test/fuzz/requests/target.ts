/** An address that the fuzz asks: what it takes, what it answers, and which handler answers for it. */
import type { LaneName } from '#functions/lanes.ts';
import type { Scope } from '#functions/records/api-key.ts';
import type { Schema } from '../schema/draw-value.ts';

export interface Target {
  /** `POST /v1/customers` */
  readonly name: string;
  readonly method: string;
  readonly template: string;
  /** The lane whose door it is; the API's own where there is none. */
  readonly lane?: LaneName;
  readonly scope: Scope | 'open';
  readonly params?: Schema | undefined;
  readonly query?: Schema | undefined;
  readonly body?: Schema | undefined;
  readonly successes: readonly number[];
  /** What a success carries as JSON, or the media type of what it carries. */
  readonly answers: Schema | 'application/pdf' | 'text/html';
}

/** `/v1/customers/{id}` is of the customers, `/pay/{token}` of pay. */
export const resourceOf = ({ template }: Target): string => {
  const [, first = '', second = ''] = template.split('/');
  return first === 'v1' ? second : first;
};
