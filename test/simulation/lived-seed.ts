/** What a worker tells of a seed it lived: enough to count and, where it failed, to see it again. */
import type { Simulated } from './simulated.ts';
import { reportFailure } from './report-failure.ts';
import { runSeed, type Seed } from './run-seed.ts';
import { shrink } from './shrink.ts';

export interface LivedSeed {
  readonly seed: Seed;
  readonly turns: number;
  readonly fired: Readonly<Record<string, number>>;
  readonly figures: Simulated['figures'];
  /** The first invariant that broke, with the failure made smaller and printed; none where all held. */
  readonly failure?: { readonly invariant: string; readonly report: string };
}

export const liveSeed = async (seed: Seed, watch?: (line: string) => void): Promise<LivedSeed> => {
  const result = await runSeed(seed, watch);
  const { turns, fired, figures, flaws } = result;
  const lived = { seed, turns, fired: Object.fromEntries(fired), figures };
  const [flaw] = flaws;
  if (flaw === undefined) return lived;
  process.stderr.write(`${seed.scenario} seed ${String(seed.seed)} failed (${flaw.invariant}); making it smaller …\n`);
  const report = reportFailure(await shrink(seed, flaw.invariant), result);
  return { ...lived, failure: { invariant: flaw.invariant, report } };
};
