/**
 * `npm run sim -- --seeds N [--seed S] [--scenario NAME] [--minutes M] [--threads T] [--json] [--watch]`:
 * lives N seeds from S on, the scenarios in turn unless one is named, and says what broke;
 * with `--minutes` it begins no more of them after so long, with `--watch` it lives them in
 * this thread and tells every turn and log line. `--crash-points [--every N]` strikes the
 * door calls of the crash scenarios instead, each or every N-th, always of the same seed.
 * Progress goes to standard error. Leaves 0 where all passed, 1 where one failed, 2 where
 * it was asked for something it does not know.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { deal } from './deal.ts';
import { liveSeed, type LivedSeed } from './lived-seed.ts';
import { type ScenarioName, scenarioNames } from './outside/scenarios.ts';
import { runCrashPoints } from './run-crash-points.ts';
import type { Seed } from './run-seed.ts';
import { count, emptyTally, summary, type Tally } from './tally.ts';

const options = {
  seeds: { type: 'string', default: '1' },
  seed: { type: 'string', default: '1' },
  every: { type: 'string', default: '1' },
  threads: { type: 'string', default: String(availableParallelism()) },
  minutes: { type: 'string', default: 'Infinity' },
  scenario: { type: 'string' },
  json: { type: 'boolean', default: false },
  watch: { type: 'boolean', default: false },
  'crash-points': { type: 'boolean', default: false },
} as const;

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options });
  const [seeds, from, every, threads] = [values.seeds, values.seed, values.every, values.threads].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const { scenario } = values;
  if (
    ![seeds, from, every, threads].every((each) => Number.isInteger(each) && each >= 0) ||
    seeds * every * threads === 0
  )
    return misused('--seeds, --seed, --every and --threads are whole numbers; only --seed may be 0');
  if (scenario !== undefined && !(scenarioNames as readonly string[]).includes(scenario))
    return misused(`--scenario is one of ${scenarioNames.join(', ')}`);
  if (values['crash-points']) return crashPoints(every, threads, values.json);

  const line = Array.from({ length: seeds }, (_, i): Seed => ({
    scenario: (scenario ?? scenarioNames[(from + i) % scenarioNames.length]) as ScenarioName,
    seed: from + i,
  }));
  const tally = emptyTally();
  const began = performance.now();
  const until = began + Number(values.minutes) * 60_000;
  const lived = (one: LivedSeed) => {
    tally.seconds = (performance.now() - began) / 1000;
    count(tally, one);
    if (one.failure !== undefined) process.stdout.write(`${one.failure.report}\n`);
    progress(tally, seeds);
  };
  if (values.watch) for (const seed of line) lived(await liveSeed(seed, (said) => process.stderr.write(`${said}\n`)));
  else await deal<Seed, LivedSeed>(seedWorker, whileInTime(line, until), lived, Math.min(threads, seeds));
  if (tally.passed + tally.failed < seeds)
    process.stderr.write(`time was up: ${String(seeds - tally.passed - tally.failed)} seeds were not begun\n`);
  process.stdout.write(values.json ? `${JSON.stringify({ from, ...tally })}\n` : summary(tally));
  return ended(tally.passed, tally.failed);
};

const seedWorker = new URL('seed-worker.ts', import.meta.url);

function* whileInTime(seeds: readonly Seed[], until: number): Iterable<Seed> {
  for (const seed of seeds) {
    if (performance.now() > until) return;
    yield seed;
  }
}

/** Every two per cent of a long run, every seed of a short one. */
const progress = ({ passed, failed, seconds }: Tally, of: number): void => {
  const done = passed + failed;
  if (done % Math.ceil(of / 50) !== 0 && done !== of) return;
  const left = Math.round((seconds / done) * (of - done));
  process.stderr.write(
    `${String(done)}/${String(of)} seeds, ${String(failed)} failed, ${String(Math.round(seconds))} s, ${String(left)} s to go\n`,
  );
};

const crashPoints = async (every: number, threads: number, asJson: boolean): Promise<number> => {
  const began = performance.now();
  const struck = await runCrashPoints({ every, threads, said: (line) => process.stderr.write(`${line}\n`) });
  const failures = struck.flatMap((each) => each.failures);
  const points = struck.reduce((sum, each) => sum + each.points, 0);
  const scenarios = Object.fromEntries(struck.map((each) => [each.scenario, each.points]));
  const seconds = (performance.now() - began) / 1000;
  if (asJson) process.stdout.write(`${JSON.stringify({ every, points, scenarios, seconds, failures })}\n`);
  else {
    for (const failure of failures) process.stdout.write(`${failure}\n`);
    for (const [scenario, count] of Object.entries(scenarios))
      process.stdout.write(`  ${scenario.padEnd(30)} ${String(count)}\n`);
  }
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
