/** What is printed of a seed that failed: what broke first, what it took, and how to see it again. */
import { swarmRates } from './engine/faults.ts';
import { stepText } from './outside/step.ts';
import { workloadOf } from './outside/scenarios.ts';
import type { Seed } from './run-seed.ts';
import type { Simulated } from './simulated.ts';

const replayCommand = ({ scenario, seed }: Seed): string =>
  `npm run sim -- --scenario ${scenario} --seed ${String(seed)}`;

export const reportFailure = (shrunk: Seed, { flaws, fired }: Simulated): string => {
  const steps = workloadOf(shrunk.scenario, shrunk.seed).steps.filter((_, place) => !shrunk.withoutSteps?.has(place));
  const [first] = flaws;
  return [
    `FAILED ${shrunk.scenario} seed ${String(shrunk.seed)}`,
    `  ${first?.invariant ?? ''}: ${first?.what ?? ''}  ${first?.keys.join(' ') ?? ''}`,
    ...flaws.slice(1, 6).map(({ invariant, what }) => `  then ${invariant}: ${what}`),
    `  faults fired: ${[...fired].map(([kind, count]) => `${kind} ${String(count)}`).join(', ')}`,
    `  faults needed: ${[...swarmRates(shrunk.seed, shrunk.withoutFaults).keys()].join(', ') || 'none'}`,
    '  steps needed:',
    ...steps.map((step) => `    ${stepText(step)}`),
    `  replay: ${replayCommand(shrunk)}`,
  ].join('\n');
};
