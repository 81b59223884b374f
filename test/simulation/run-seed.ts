/** A seed of a scenario, whole or with parts left out: which steps and which kinds of faults. */
import { type FaultKind, onlyWhenAsked } from './engine/fault-kinds.ts';
import { swarmFaults, swarmRates } from './engine/faults.ts';
import { type ScenarioName, workloadOf } from './outside/scenarios.ts';
import { simulate } from './simulate.ts';
import type { Simulated } from './simulated.ts';

export interface Seed {
  readonly scenario: ScenarioName;
  readonly seed: number;
  /** Those that are left out unless asked for, where nothing is said. */
  readonly withoutFaults?: ReadonlySet<FaultKind>;
  /** By their places in the workload. */
  readonly withoutSteps?: ReadonlySet<number>;
}

export const runSeed = (
  { scenario, seed, withoutFaults = onlyWhenAsked, withoutSteps }: Seed,
  watch?: (line: string) => void,
): Promise<Simulated> => {
  const workload = workloadOf(scenario, seed);
  const steps = workload.steps.filter((_, place) => withoutSteps?.has(place) !== true);
  const faults = swarmFaults(seed, swarmRates(seed, withoutFaults));
  return simulate({ seed, workload: { ...workload, steps }, faults, watch });
};
