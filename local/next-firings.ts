/**
 * The schedules of the flow, as instants: what fires next after a given time, and in
 * which order. A deployed stage leaves this to EventBridge; the local cloud asks here.
 */
import type { Trigger } from '#functions/flow-row.ts';
import { flow, type StepName, stepNames } from '#functions/flow.ts';

export interface Firing {
  readonly step: StepName;
  readonly atMs: number;
}

type TimedTrigger = Extract<Trigger, { on: 'daily' | 'every' }>;

const dayMs = 86_400_000;

const timed: readonly { readonly step: StepName; readonly trigger: TimedTrigger }[] = stepNames.flatMap((step) =>
  (flow[step].on as readonly Trigger[]).flatMap((trigger) =>
    trigger.on === 'daily' || trigger.on === 'every' ? [{ step, trigger }] : [],
  ),
);

/** Everything that fires at the earliest time after `afterMs`, in the order of the flow. */
export const nextFirings = (afterMs: number): readonly Firing[] => {
  const firings = timed.map(({ step, trigger }) => ({ step, atMs: nextOf(trigger, afterMs) }));
  const atMs = Math.min(...firings.map((firing) => firing.atMs));
  const now = firings.filter((firing) => firing.atMs === atMs);
  // A step that fires by two of its schedules at once runs once.
  return now.filter(({ step }, i) => now.findIndex((other) => other.step === step) === i);
};

const nextOf = (trigger: TimedTrigger, afterMs: number): number => {
  const midnight = Math.floor(afterMs / dayMs) * dayMs;
  if (trigger.on === 'daily') {
    const [hour = 0, minute = 0] = trigger.utc.split(':').map(Number);
    const today = midnight + (hour * 60 + minute) * 60_000;
    return today > afterMs ? today : today + dayMs;
  }
  const step = trigger.minutes * 60_000;
  return midnight + (Math.floor((afterMs - midnight) / step) + 1) * step;
};
