/**
 * The outside's own list of what it was told: who is a customer, who subscribed to what,
 * whose a point is, which usage we have; and every answer that nobody had to expect. It
 * is made of requests and answers alone, so that books in which nothing is written do not
 * pass for a world in which nothing happened.
 */
import type { Acknowledged } from '#domain/audit/snapshot.ts';
import { usageBodyHash } from '#domain/audit/distinct-bodies.ts';
import { epochMs } from '#domain/time/instant.ts';
import { eventWindow, type UsageEvent } from '#domain/usage/usage-event.ts';
import type { Answered } from '../cloud/http.ts';
import type { Flaw } from '../simulated.ts';
import type { Step } from './step.ts';
import type { PlanBody } from './tariffs.ts';

type Of<Does extends Step['does']> = Step & { readonly does: Does };

/** Each as it was asked for, with the id it was given. */
export type PromisedCustomer = Of<'signs up'> & {
  readonly id: string;
  /** Every card this customer has named. */
  readonly cards: readonly string[];
};
export type PromisedSubscription = Of<'subscribes'> & { readonly id: string };

export interface Promises {
  readonly acknowledged: readonly Acknowledged[];
  readonly amiss: readonly Flaw[];
  readonly customers: ReadonlyMap<string, PromisedCustomer>;
  readonly subscriptions: readonly PromisedSubscription[];
  readonly assignments: readonly Of<'assigns'>[];
  readonly plans: ReadonlyMap<string, PlanBody>;
  /** Holds the answer against what was to be expected of it, and keeps what it says. */
  hear(step: Step, answer: Answered): void;
  hearUsage(events: readonly UsageEvent[], answer: Answered, sentMs: number, answeredMs: number): void;
  /** An answer that promises nothing; whether it is one of those expected. */
  expect(what: string, answer: Answered, ...statuses: readonly number[]): boolean;
}

export const promises = (): Promises => {
  const acknowledged: Acknowledged[] = [];
  const amiss: Flaw[] = [];
  const customers = new Map<string, PromisedCustomer>();
  const subscriptions: PromisedSubscription[] = [];
  const assignments: Of<'assigns'>[] = [];
  const plans = new Map<string, PlanBody>();
  const meters = new Set<string>();

  const expect: Promises['expect'] = (what, { status, body }, ...statuses) => {
    const isExpected = statuses.includes(status);
    if (!isExpected) amiss.push({ invariant: 'crash', what: `${what}: answered ${String(status)} ${body}`, keys: [] });
    return isExpected;
  };

  /** Whether everything is there that the step names; in a workload made smaller it may not be. */
  const canBe = (step: Step): boolean => {
    switch (step.does) {
      case 'sets up':
        return (
          !('prices' in step.body) || step.body.prices.every(({ meter }) => meter === undefined || meters.has(meter))
        );
      case 'subscribes':
        return customers.has(step.customer) && plans.has(step.plan);
      case 'assigns':
        return customers.has(step.customer);
      default:
        return true;
    }
  };

  const hear: Promises['hear'] = (step, answer) => {
    const what = `${step.does} ${'customer' in step ? step.customer : ''}`.trim();
    if (!canBe(step)) {
      expect(what, answer, 422);
      return;
    }
    if (!expect(what, answer, statusOf[step.does] ?? 200)) return;
    const id = () => (JSON.parse(answer.body) as { readonly id: string }).id;
    switch (step.does) {
      case 'sets up':
        if ('prices' in step.body) plans.set(step.body.key, step.body);
        else meters.add(step.body.key);
        return;
      case 'signs up': {
        const { paymentMethod } = step.body;
        const cards = paymentMethod === undefined ? [] : [paymentMethod];
        customers.set(step.customer, { ...step, id: id(), cards });
        return;
      }
      case 'subscribes':
        subscriptions.push({ ...step, id: id() });
        return;
      case 'assigns':
        assignments.push(step);
        return;
      case 'changes': {
        const before = customers.get(step.customer);
        const { paymentMethod } = step.body;
        if (before !== undefined && paymentMethod !== undefined)
          customers.set(step.customer, { ...before, cards: [...before.cards, paymentMethod] });
        return;
      }
      default:
    }
  };

  const hearUsage: Promises['hearUsage'] = (events, answer, sentMs, answeredMs) => {
    if (!expect('usage', answer, 202, 400)) return;
    const { rejected = [] } = JSON.parse(answer.body) as { readonly rejected?: readonly { readonly index: number }[] };
    const refused = new Set(answer.status === 202 ? rejected.map(({ index }) => index) : events.keys());
    for (const [index, event] of events.entries()) {
      if (!refused.has(index))
        acknowledged.push({ id: event.id, source: event.source, bodyHash: usageBodyHash(event) });
      else if (isInWindow(event, sentMs, answeredMs))
        amiss.push({
          invariant: 'I1',
          what: `Event ${event.id} of ${event.time} was refused: ${answer.body}`,
          keys: [],
        });
    }
  };

  return { acknowledged, amiss, customers, subscriptions, assignments, plans, hear, hearUsage, expect };
};

/** Where it is not 200. */
const statusOf: Partial<Readonly<Record<Step['does'], number>>> = {
  'sets up': 201,
  'signs up': 201,
  subscribes: 201,
  'asks for a run': 202,
};

const dayMs = 86_400_000;
/** Our clocks may be that far behind. */
const mostSkewMs = 5 * 60_000;

/** Whenever between the two we looked at it, and by whichever of our clocks. */
const isInWindow = ({ time }: UsageEvent, sentMs: number, answeredMs: number): boolean =>
  epochMs(time) >= answeredMs - eventWindow.pastDays * dayMs &&
  epochMs(time) <= sentMs + eventWindow.futureMinutes * 60_000 - mostSkewMs;
