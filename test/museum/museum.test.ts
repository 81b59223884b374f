/**
 * Keeps the museum in repair: every patch still applies, lies under its row and is shown
 * once, and the tests that are to catch it are there. Whether they catch it is seen by
 * `npm run museum`, which takes minutes.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { levelOf, patchFileOf } from './exhibit.ts';
import { exhibits } from './exhibits.ts';
import { notYet } from './not-yet.ts';

const patches = readdirSync(new URL('exhibits/', import.meta.url));

describe('the patches', () => {
  it('are shown, each once and under its row', () => {
    expect(exhibits.map(({ patch }) => `${patch}.patch`).sort()).toEqual(patches.sort());
    for (const { row, patch } of exhibits) expect(patch).toMatch(new RegExp(`^${String(row).padStart(2, '0')}-`));
  });

  it.each(exhibits.map((exhibit) => [exhibit.patch, exhibit] as const))('%s still applies', (_, exhibit) => {
    execFileSync('git', ['apply', '--check', patchFileOf(exhibit)], { stdio: 'pipe' });
  });
});

it('every test that is to catch a bug is there', () => {
  const files = exhibits.flatMap(({ caughtBy }) => caughtBy.flatMap((check) => ('file' in check ? [check.file] : [])));
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});

it('bugs are caught at every level', () => {
  const levels = new Set(exhibits.flatMap(({ caughtBy }) => caughtBy.map(levelOf)));
  expect([...levels].sort()).toEqual(
    ['contract', 'crash point', 'example', 'law', 'simulation', 'static check', 'story'].sort(),
  );
});

it('every one of the most severe is shown, or says why it cannot be had yet', () => {
  const mostSevere = [1, 2, 4, 5, 19, 20, 32, 43, 44, 46, 47, 61, 62, 74, 76, 91, 107, 113];
  const rows = [...exhibits.filter(({ starred }) => starred), ...notYet].map(({ row }) => row);
  expect([...new Set(rows)].sort((a, b) => a - b)).toEqual(mostSevere);
});
