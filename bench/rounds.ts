/**
 * Measures variants against one another on a noisy machine: interleaved in one
 * process, so that noise meets all alike, per second of processor time (user and
 * system, with garbage collection), as the median of seven rounds. Before each turn
 * the heap is cleared, so that nobody pays for the garbage of the one before.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Variant {
  readonly name: string;
  /** How many units (events, invoices) one run does. */
  readonly units: number;
  readonly run: () => unknown;
}

export interface Pace {
  readonly name: string;
  /** Units a second of processor time: the median of the rounds. */
  readonly unitsPerCpuSecond: number;
  readonly slowest: number;
  readonly fastest: number;
}

/** A line of the table that `npm run bench` prints. */
export interface Row {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** How many times the naive way's value. */
  readonly ratio?: number;
  readonly target: string;
  readonly met: boolean;
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
};

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Runs the variant until it has used that much processor time, at least once; units a second. */
const paceFor = async ({ units, run }: Variant, seconds: number): Promise<number> => {
  collectGarbage();
  const from = cpuSeconds();
  let runs = 0;
  let spent = 0;
  do {
    await run();
    runs++;
    spent = cpuSeconds() - from;
  } while (spent < seconds);
  return (units * runs) / spent;
};

/** The paces of the variants, in their order, after one round that only warms up. */
export const measureRounds = async (
  variants: readonly Variant[],
  { rounds = 7, secondsEach = 0.3 }: { readonly rounds?: number; readonly secondsEach?: number } = {},
): Promise<readonly Pace[]> => {
  const paces = variants.map((): number[] => []);
  for (const variant of variants) await paceFor(variant, secondsEach);
  for (let round = 0; round < rounds; round++) {
    for (const [place, variant] of variants.entries()) paces[place]!.push(await paceFor(variant, secondsEach));
  }
  return variants.map(({ name }, place) => ({
    name,
    unitsPerCpuSecond: median(paces[place]!),
    slowest: Math.min(...paces[place]!),
    fastest: Math.max(...paces[place]!),
  }));
};
