/**
 * `npm run sim -- --seeds N [--seed S] [--scenario NAME] [--json] [--watch]`: lives N
 * seeds from S on and says what broke; `--crash-points` kills every door call of the
 * crash scenarios in turn instead. Progress goes to standard error. Leaves 0 where all
 * passed, 1 where one failed, 2 where it was asked for something it does not know.
 */
import { parseArgs } from 'node:util';
import { runCrashPoints } from './crash-points.ts';
import { faultKinds } from './engine/fault-kinds.ts';
import { type ScenarioName, scenarioNames } from './outside/scenarios.ts';
import { reportFailure } from './report-failure.ts';
import { runSeed, type Seed } from './run-seed.ts';
import { shrink } from './shrink.ts';

const options = {
  seeds: { type: 'string', default: '1' },
  seed: { type: 'string', default: '1' },
  scenario: { type: 'string' },
  json: { type: 'boolean', default: false },
  watch: { type: 'boolean', default: false },
  'crash-points': { type: 'boolean', default: false },
} as const;

interface Tally {
  passed: number;
  failed: number;
  seconds: number;
  readonly scenarios: Record<string, number>;
  readonly fired: Record<string, number>;
}

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options });
  const [seeds, from] = [Number(values.seeds), Number(values.seed)];
  const { scenario } = values;
  if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(from) || from < 0)
    return misused('--seeds and --seed are whole numbers');
  if (scenario !== undefined && !(scenarioNames as readonly string[]).includes(scenario))
    return misused(`--scenario is one of ${scenarioNames.join(', ')}`);
  if (values['crash-points']) return crashPoints();

  const tally: Tally = { passed: 0, failed: 0, seconds: 0, scenarios: {}, fired: {} };
  const began = performance.now();
  for (let seed = from; seed < from + seeds; seed += 1) {
    const name = (scenario ?? scenarioNames[seed % scenarioNames.length]) as ScenarioName;
    await runOne(
      { scenario: name, seed },
      tally,
      values.watch ? (line) => process.stderr.write(`${line}\n`) : undefined,
    );
    tally.seconds = (performance.now() - began) / 1000;
    progress(tally, seeds);
  }
  process.stdout.write(values.json ? `${JSON.stringify({ from, ...tally })}\n` : summary(tally));
  return ended(tally.passed, tally.failed);
};

const runOne = async (seed: Seed, tally: Tally, watch?: (line: string) => void): Promise<void> => {
  const result = await runSeed(seed, watch);
  tally.scenarios[seed.scenario] = (tally.scenarios[seed.scenario] ?? 0) + 1;
  for (const [kind, count] of result.fired) tally.fired[kind] = (tally.fired[kind] ?? 0) + count;
  const [flaw] = result.flaws;
  if (flaw === undefined) {
    tally.passed += 1;
    return;
  }
  tally.failed += 1;
  process.stderr.write(
    `\n${seed.scenario} seed ${String(seed.seed)} failed (${flaw.invariant}); making it smaller …\n`,
  );
  process.stdout.write(`${reportFailure(await shrink(seed, flaw.invariant), result)}\n`);
};

const summary = ({ passed, failed, seconds, scenarios, fired }: Tally): string => {
  const rate = ((passed + failed) / seconds).toLocaleString('en', { maximumFractionDigits: 2 });
  const never = faultKinds.filter((kind) => fired[kind] === undefined);
  return [
    `${String(passed + failed)} seeds in ${String(Math.round(seconds))} s, ${rate} a second`,
    ...Object.entries(scenarios).map(([name, count]) => `  ${name.padEnd(24)} ${String(count)}`),
    'faults fired',
    ...Object.entries(fired)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, count]) => `  ${kind.padEnd(24)} ${String(count)}`),
    ...(never.length === 0 ? [] : [`never: ${never.join(', ')}`]),
    '',
  ].join('\n');
};

const progress = ({ passed, failed, seconds }: Tally, of: number): void => {
  const done = passed + failed;
  if (done % 10 === 0 || done === of)
    process.stderr.write(
      `${String(done)}/${String(of)} seeds, ${String(failed)} failed, ${String(Math.round(seconds))} s\n`,
    );
};

const crashPoints = async (): Promise<number> => {
  const { points, failures } = await runCrashPoints({
    said: (line) => process.stderr.write(`${line}\n`),
  });
  for (const failure of failures) process.stdout.write(`${failure}\n`);
  return ended(points - failures.length, failures.length);
};

const ended = (passed: number, failed: number): number => {
  process.stdout.write(`${String(passed)} passed, ${String(failed)} failed\n`);
  return failed === 0 ? 0 : 1;
};

const misused = (why: string): number => {
  process.stderr.write(`${why}\n`);
  return 2;
};

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 2;
});
