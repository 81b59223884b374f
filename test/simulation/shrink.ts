/**
 * Makes a failing seed smaller: leaves out kinds of faults and steps of the workload,
 * first in large pieces and then one by one, as long as the same invariant still breaks.
 */
import type { FaultKind } from './engine/fault-kinds.ts';
import { swarmRates } from './engine/faults.ts';
import { workloadOf } from './outside/scenarios.ts';
import { runSeed, type Seed } from './run-seed.ts';

export const shrink = async (failing: Seed, invariant: string, mostRuns = 80): Promise<Seed> => {
  let runs = 0;
  const stillFails = async (smaller: Seed): Promise<boolean> => {
    if (runs >= mostRuns) return false;
    runs += 1;
    return (await runSeed(smaller)).flaws[0]?.invariant === invariant;
  };

  const kinds = [...swarmRates(failing.seed).keys()];
  const withoutFaults = await leaveOut(kinds, (faults) => stillFails({ ...failing, withoutFaults: faults }));
  const places = workloadOf(failing.scenario, failing.seed).steps.map((_, place) => place);
  const withoutSteps = await leaveOut(places, (steps) =>
    stillFails({ ...failing, withoutFaults, withoutSteps: steps }),
  );
  return { ...failing, withoutFaults, withoutSteps };
};

/** As many of the parts as can go, tried half by half and then in ever smaller pieces. */
const leaveOut = async <Part extends FaultKind | number>(
  parts: readonly Part[],
  isEnough: (left: ReadonlySet<Part>) => Promise<boolean>,
): Promise<ReadonlySet<Part>> => {
  let out: ReadonlySet<Part> = new Set();
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < parts.length; at += size) {
      const piece = parts.slice(at, at + size).filter((part) => !out.has(part));
      const more = new Set([...out, ...piece]);
      if (piece.length > 0 && (await isEnough(more))) out = more;
    }
  }
  return out;
};
