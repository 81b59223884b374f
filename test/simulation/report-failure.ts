/**
 * What is printed of a seed that failed: what broke first, all faults that fired, the
 * fewest faults and steps with which it still breaks, and how to see it again. The
 * command lives the whole seed; the fewest parts are there to be read.
 */
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
