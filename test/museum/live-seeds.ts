/**
 * Lives seeds of a scenario one after the other until one shows a flaw of the kinds asked
 * for, and prints that seed with its flaws as JSON, or `null`: `SCENARIO FIRST LAST I9,I10`.
 * A process of its own, since it lives the source it lies beside, patched or not.
 */
import { assert } from '#domain/assert.ts';
import { type ScenarioName, scenarioNames } from '#test/simulation/outside/scenarios.ts';
import { runSeed } from '#test/simulation/run-seed.ts';

const [scenario = '', first = '', last = '', kinds = ''] = process.argv.slice(2);
assert((scenarioNames as readonly string[]).includes(scenario), `${scenario} is a scenario`);
const looked = new Set(kinds.split(','));

const live = async () => {
  for (let seed = Number(first); seed <= Number(last); seed += 1) {
    const { flaws } = await runSeed({ scenario: scenario as ScenarioName, seed });
    const found = flaws.find(({ invariant }) => kinds === '' || looked.has(invariant));
    if (found !== undefined) return { seed, ...found };
  }
  return null;
};

process.stdout.write(`${JSON.stringify(await live())}\n`);
