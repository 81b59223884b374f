/**
 * `npm run soak -- --minutes N [--kills K] [--seed S] [--json]`: lets the platform's
 * processes run under load for so long while one after the other is killed, and says
 * what broke. Progress goes to standard error. Leaves 0 where every check passed, 1
 * where one failed, 2 where it was asked for something it does not know. What a soak
 * that failed left behind is kept, and where is said.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reportSoak } from './report-soak.ts';
import { soak } from './soak.ts';

const options = {
  minutes: { type: 'string' },
  kills: { type: 'string' },
  seed: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
} as const;

/** A night with bills to come and the blackout itself need this long. */
const blackoutFromMinutes = 1.5;

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options });
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  const kills = values.kills === undefined ? undefined : Number(values.kills);
  if (!(minutes > 0 && minutes <= 24 * 60)) return misused('--minutes is a number of minutes, up to a day');
  if ((kills !== undefined && !(Number.isInteger(kills) && kills > 0)) || !Number.isInteger(seed))
    return misused('--kills and --seed are whole numbers');

  // Their supervisor takes its processes with it, if it is given the chance.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(2));
  const dir = mkdtempSync(join(tmpdir(), 'countinghouse-soak-'));
  const began = performance.now();
  const soaked = await soak({
    ...{ dir, seed, kills, seconds: minutes * 60, hasBlackout: minutes >= blackoutFromMinutes },
    progress: (line) => {
      process.stderr.write(`${((performance.now() - began) / 1_000).toFixed(0).padStart(5)} s  ${line}\n`);
    },
  });
  process.stdout.write(values.json ? `${JSON.stringify(soaked)}\n` : reportSoak(soaked));
  const isGood = soaked.checks.every(({ isPassed }) => isPassed);
  if (isGood) rmSync(dir, { recursive: true, force: true });
  else process.stderr.write(`what it left is in ${dir}\n`);
  return isGood ? 0 : 1;
};

const misused = (why: string): number => {
  process.stderr.write(`${why}\n`);
  return 2;
};

// A soak that broke off half way leaves processes behind; they end with their supervisor.
process.exit(
  await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 2;
  }),
);
