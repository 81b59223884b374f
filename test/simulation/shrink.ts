/**
 * Makes a failing seed smaller: leaves out steps of the workload and then kinds of
 * faults, first in large pieces and then one by one, as long as the same invariant
 * still breaks. It takes a few minutes at most, and what it has by then is its answer.
 */
import { type FaultKind, onlyWhenAsked } from './engine/fault-kinds.ts';
import { swarmRates } from './engine/faults.ts';
import { workloadOf } from './outside/scenarios.ts';
import { runSeed, type Seed } from './run-seed.ts';

const longestMs = 90_000;

export const shrink = async (failing: Seed, invariant: string): Promise<Seed> => {
  const stillFails = async (smaller: Seed): Promise<boolean> =>
    (await runSeed(smaller)).flaws.some((flaw) => flaw.invariant === invariant);

  const places = workloadOf(failing.scenario, failing.seed).steps.map((_, place) => place);
  const noSteps = failing.withoutSteps ?? new Set<number>();
  const noFaults = failing.withoutFaults ?? onlyWhenAsked;
  const withoutSteps = await leaveOut(places, noSteps, (steps) => stillFails({ ...failing, withoutSteps: steps }));
  const kinds = [...swarmRates(failing.seed, noFaults).keys()];
  const withoutFaults = await leaveOut(kinds, noFaults, (faults) =>
    stillFails({ ...failing, withoutSteps, withoutFaults: faults }),
  );
  return { ...failing, withoutFaults, withoutSteps };
};

/** As many of the parts as can go, tried half by half and then in ever smaller pieces. */
const leaveOut = async <Part extends FaultKind | number>(
  parts: readonly Part[],
  outAlready: ReadonlySet<Part>,
  isEnough: (left: ReadonlySet<Part>) => Promise<boolean>,
): Promise<ReadonlySet<Part>> => {
  const endsAt = performance.now() + longestMs;
  let out = outAlready;
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < parts.length && performance.now() < endsAt; at += size) {
      const piece = parts.slice(at, at + size).filter((part) => !out.has(part));
      const more = new Set([...out, ...piece]);
      if (piece.length > 0 && (await isEnough(more))) out = more;
    }
  }
  return out;
};
