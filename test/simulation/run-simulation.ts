/**
 * `npm run sim -- --seeds N [--seed S] [--scenario NAME] [--minutes M] [--threads T] [--json] [--watch]`:
 * lives N seeds from S on, the scenarios in turn unless one is named, and says what broke;
 * with `--minutes` it begins no more of them after so long, with `--watch` it tells every turn.
 * `--steps 0,4 --faults a,b` leaves a seed those parts alone, as a failure prints them.
 * `--crash-points [--every N] [--scenario NAME] [--point P]` strikes the door calls of the
 * crash scenarios in turn instead, each, every N-th, or one. Progress goes to standard error.
 * Leaves 0 where all passed, 1 where one failed, 2 where it was asked for something it does not know.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { deal } from './deal.ts';
import { type FaultKind, faultKinds } from './engine/fault-kinds.ts';
import { liveSeed, type LivedSeed } from './lived-seed.ts';
import { crashScenarios } from './outside/crash-scenarios.ts';
import { type ScenarioName, scenarioNames } from './outside/scenarios.ts';
import { type CrashPointsRun, runCrashPoints } from './run-crash-points.ts';
import type { Seed } from './run-seed.ts';
import { count, emptyTally, summary, type Tally } from './tally.ts';

const options = {
  seeds: { type: 'string', default: '1' },
  seed: { type: 'string', default: '1' },
  every: { type: 'string', default: '1' },
  point: { type: 'string' },
  steps: { type: 'string' },
  faults: { type: 'string' },
  threads: { type: 'string', default: String(availableParallelism()) },
  minutes: { type: 'string', default: 'Infinity' },
  scenario: { type: 'string' },
  json: { type: 'boolean', default: false },
  watch: { type: 'boolean', default: false },
  'crash-points': { type: 'boolean', default: false },
} as const;

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options });
  const numbers = [values.seeds, values.seed, values.every, values.threads, values.point ?? '0'].map(Number);
  const [seeds = 0, from = 0, every = 0, threads = 0, point = 0] = numbers;
  const minutes = Number(values.minutes);
  if (!numbers.every((each) => Number.isInteger(each) && each >= 0) || seeds * every * threads === 0 || !(minutes > 0))
    return misused('--seeds, --seed, --every, --threads, --point and --minutes are numbers, whole but for the last');
  const isCrash = values['crash-points'];
  const names = isCrash ? Object.keys(crashScenarios) : scenarioNames;
  if (values.scenario !== undefined && !(names as readonly string[]).includes(values.scenario))
    return misused(`--scenario is one of ${names.join(', ')}`);
  const part = partOf(values);
  if (part === undefined) return misused(`--steps are places of steps, --faults some of ${faultKinds.join(', ')}`);
  if (isCrash) {
    const { scenario } = values;
    if ((values.point === undefined) !== (scenario === undefined)) return misused('--scenario and --point go together');
    return crashPoints(
      { every, threads, ...(scenario === undefined ? {} : { only: { scenario, point } }) },
      values.json,
    );
  }

  const line = Array.from({ length: seeds }, (_, i): Seed => ({
    scenario: (values.scenario ?? scenarioNames[(from + i) % scenarioNames.length]) as ScenarioName,
    seed: from + i,
    ...part,
  }));
  const tally = emptyTally();
  const began = performance.now();
  const until = began + minutes * 60_000;
  const failures: string[] = [];
  const lived = (one: LivedSeed) => {
    tally.seconds = (performance.now() - began) / 1000;
    count(tally, one);
    if (one.failure !== undefined) failures.push(one.failure.report);
    if (one.failure !== undefined && !values.json) process.stdout.write(`${one.failure.report}\n`);
    progress(tally, seeds);
  };
  if (values.watch) for (const seed of line) lived(await liveSeed(seed, (said) => process.stderr.write(`${said}\n`)));
  else await deal<Seed, LivedSeed>(seedWorker, whileInTime(line, until), lived, Math.min(threads, seeds));
  if (tally.passed + tally.failed < seeds)
    process.stderr.write(`time was up: ${String(seeds - tally.passed - tally.failed)} seeds were not begun\n`);
  process.stdout.write(values.json ? `${JSON.stringify({ from, ...tally, failures })}\n` : summary(tally));
  return ended(tally.passed, tally.failed, values.json);
};

/** What `--steps` and `--faults` leave in; undefined where they name what there is not. */
const partOf = ({
  steps,
  faults,
}: {
  readonly steps?: string | undefined;
  readonly faults?: string | undefined;
}): Partial<Seed> | undefined => {
  const places = steps?.split(',').map(Number);
  const kinds = faults === 'none' ? [] : faults?.split(',');
  const isKnown = (kind: string): kind is FaultKind => (faultKinds as readonly string[]).includes(kind);
  if (places?.some((place) => !Number.isInteger(place) || place < 0) === true) return undefined;
  if (kinds !== undefined && !kinds.every(isKnown)) return undefined;
  const without = <Part>(all: readonly Part[], kept: readonly unknown[]) =>
    new Set(all.filter((part) => !kept.includes(part)));
  return {
    ...(places === undefined
      ? {}
      : {
          withoutSteps: without([...Array(mostSteps).keys()], places),
        }),
    ...(kinds === undefined ? {} : { withoutFaults: without(faultKinds, kinds) }),
  };
};

/** No workload has more. */
const mostSteps = 10_000;

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

const crashPoints = async (what: CrashPointsRun, asJson: boolean): Promise<number> => {
  const began = performance.now();
  const struck = await runCrashPoints({ ...what, said: (line) => process.stderr.write(`${line}\n`) });
  const failures = struck.flatMap((each) => each.failures);
  const points = struck.reduce((sum, each) => sum + each.points, 0);
  const scenarios = Object.fromEntries(struck.map((each) => [each.scenario, each.points]));
  const seconds = (performance.now() - began) / 1000;
  if (asJson) process.stdout.write(`${JSON.stringify({ every: what.every, points, scenarios, seconds, failures })}\n`);
  else {
    for (const failure of failures) process.stdout.write(`${failure}\n`);
    for (const [scenario, count] of Object.entries(scenarios))
      process.stdout.write(`  ${scenario.padEnd(30)} ${String(count)}\n`);
  }
  return ended(points - failures.length, failures.length, asJson);
};

const ended = (passed: number, failed: number, asJson: boolean): number => {
  if (!asJson) process.stdout.write(`${String(passed)} passed, ${String(failed)} failed\n`);
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
