/**
 * What people and products do to the platform, as data: a workload is a list of these,
 * so that a failing one can be made shorter by leaving some out.
 */
import type { UsageEvent } from '#domain/usage/usage-event.ts';
import type { MeterBody, PlanBody } from './tariffs.ts';

export type Step = { readonly atMs: number } & (
  | { readonly does: 'sets up'; readonly path: string; readonly body: MeterBody | PlanBody }
  | {
      readonly does: 'signs up';
      readonly customer: string;
      readonly body: { readonly timezone: string; readonly paymentMethod?: string };
    }
  | { readonly does: 'subscribes'; readonly customer: string; readonly plan: string; readonly startsOn: string }
  | { readonly does: 'uses'; readonly events: readonly UsageEvent[] }
  | { readonly does: 'assigns'; readonly customer: string; readonly subject: string; readonly from: string }
  | { readonly does: 'changes'; readonly customer: string; readonly body: { readonly paymentMethod?: string } }
  | {
      readonly does: 'pays by link';
      readonly customer: string;
      readonly paymentMethod: string;
      /** Between coming to the payment page and paying; past an hour the page has expired. */
      readonly afterMinutes: number;
    }
  | { readonly does: 'looks at link'; readonly customer: string }
  | { readonly does: 'asks for a run' }
  | { readonly does: 'redrives' }
);

export interface Workload {
  readonly startMs: number;
  readonly days: number;
  readonly steps: readonly Step[];
}

export const mailAddress = (customer: string): string => `${customer}@customer.example`;

/** A step in one line, for a person to read. */
export const stepText = ({ atMs, ...step }: Step): string => {
  const details = Object.entries(step)
    .filter(([name]) => name !== 'does')
    .map(([name, value]) =>
      name === 'events'
        ? (value as readonly UsageEvent[]).map(({ id, subject, time }) => `${id} of ${subject} at ${time}`).join(', ')
        : `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
  return [new Date(atMs).toISOString(), step.does, ...details].join('  ');
};
