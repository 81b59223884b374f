/**
 * What is printed of a seed that failed: what broke first, all faults that fired, the
 * fewest faults and steps with which it still breaks, each step with its place, and the
 * commands that live it again, whole and with those parts alone.
 */
import { swarmRates } from './engine/faults.ts';
import { stepText } from './outside/step.ts';
import { workloadOf } from './outside/scenarios.ts';
import type { Seed } from './run-seed.ts';
import type { Simulated } from './simulated.ts';

const replayCommand = ({ scenario, seed }: Seed): string =>
  `npm run sim -- --scenario ${scenario} --seed ${String(seed)}`;

export const reportFailure = (shrunk: Seed, { flaws, fired }: Simulated): string => {
  const steps = workloadOf(shrunk.scenario, shrunk.seed)
    .steps.map((step, place) => ({ step, place }))
    .filter(({ place }) => !shrunk.withoutSteps?.has(place));
  const faults = [...swarmRates(shrunk.seed, shrunk.withoutFaults).keys()];
  const [first] = flaws;
  const replay = replayCommand(shrunk);
  return [
    `FAILED ${shrunk.scenario} seed ${String(shrunk.seed)}`,
    `  ${first?.invariant ?? ''}: ${first?.what ?? ''}  ${first?.keys.join(' ') ?? ''}`,
    ...flaws.slice(1, 6).map(({ invariant, what }) => `  then ${invariant}: ${what}`),
    `  faults fired: ${[...fired].map(([kind, count]) => `${kind} ${String(count)}`).join(', ')}`,
    `  faults needed: ${faults.join(', ') || 'none'}`,
    '  steps needed:',
    ...steps.map(({ step, place }) => `    ${String(place).padStart(4)} ${stepText(step)}`),
    `  replay: ${replay}`,
    `  with these parts alone: ${replay} --steps ${steps.map(({ place }) => place).join(',')} --faults ${faults.join(',') || 'none'}`,
  ].join('\n');
};
