/** scratch */
import { simulate } from './simulate.ts';
import { swarmFaults, swarmRates, faultAt } from './engine/faults.ts';
import { workloadOf, type ScenarioName } from './outside/scenarios.ts';
const [scenario, from, count, mode] = process.argv.slice(2);
for (let seed = Number(from); seed < Number(from) + Number(count); seed++) {
  const t = performance.now();
  const faults = mode === 'calm' ? faultAt() : swarmFaults(seed, swarmRates(seed));
  const r = await simulate({
    seed,
    workload: workloadOf(scenario as ScenarioName, seed),
    faults,
    watch: mode === 'watch' || process.env.WATCH ? console.log : undefined,
  });
  console.log(
    seed,
    r.traceHash,
    r.turns,
    r.calls.length,
    JSON.stringify(r.figures),
    'fired',
    [...r.fired.values()].reduce((a, b) => a + b, 0),
    Math.round(performance.now() - t),
    'ms',
    r.flaws.slice(0, 4).map((f) => `${f.invariant} ${f.what} [${f.keys.join(' ')}]`),
  );
}
