/**
 * Lets a workload happen: the set-up first, then each customer's steps one after the
 * other at their times, customers side by side. A step whose request is long in being
 * answered delays those after it, as it would a person.
 */
import type { SimulatedCloud } from '../cloud/simulated-cloud.ts';
import { performStep } from './perform-step.ts';
import type { Sender } from './sender.ts';
import type { Step, Workload } from './step.ts';

export const liveWorkload = (
  { steps }: Workload,
  cloud: SimulatedCloud,
  sender: Sender,
  failed: (error: unknown) => void,
): { readonly isOver: () => boolean } => {
  let left = steps.length;
  const named = steps.map((step, i) => ({ step, name: `step-${String(i)}` }));

  const live = async (line: readonly { readonly step: Step; readonly name: string }[]) => {
    for (const { step, name } of line) {
      const waitMs = step.atMs - cloud.scheduler.now();
      if (waitMs > 0) await cloud.scheduler.sleep(waitMs);
      await performStep(step, name, cloud, sender);
      left -= 1;
    }
  };
  const isSetUp = ({ step }: { readonly step: Step }) => step.does === 'sets up';
  const lines = Map.groupBy(
    named.filter((each) => !isSetUp(each)),
    ({ step }) => lineOf(step),
  );
  live(named.filter(isSetUp))
    .then(() => Promise.all([...lines.values()].map(live)))
    .catch(failed);
  return { isOver: () => left === 0 };
};

/** What a customer's products send does not wait for what the customer does. */
const lineOf = (step: Step): string => {
  if (step.does === 'uses') return `usage of ${step.events[0]?.subject ?? ''}`;
  return 'customer' in step ? step.customer : step.does;
};
