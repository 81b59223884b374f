/** A short soak: real processes killed under load, and nothing is lost, doubled or left undone. `npm run soak` takes longer and does more. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { soak } from './soak.ts';

it('survives six kills in a quarter of a minute', { timeout: 240_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'countinghouse-soak-'));
  try {
    const said: string[] = [];
    const soaked = await soak({
      ...{ dir, seed: 1, seconds: 15, kills: 6, hasBlackout: false },
      progress: (line) => said.push(line),
    });
    // Seconds tell nothing of leaks, and chance need not meet every process.
    const ofThisRun = /stay flat$|all kinds were killed/;
    expect(soaked.checks.filter(({ name, isPassed }) => !isPassed && !ofThisRun.test(name))).toEqual([]);
    expect(soaked.violations).toEqual([]);
    expect(soaked.usage.acknowledged).toBeGreaterThan(500);
    expect(said.length).toBeGreaterThan(2);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
