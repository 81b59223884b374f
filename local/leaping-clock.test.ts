/** The clock of several processes: a leap one makes is a leap of all, and a late reader finds it where it is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { leapingClock } from './leaping-clock.ts';

const dir = mkdtempSync(join(tmpdir(), 'countinghouse-leaping-'));
afterAll(() => rmSync(dir, { recursive: true }));
const start = instant('2026-01-01T00:00:00.000Z');
const startMs = Date.parse(start);
const hourMs = 3_600_000;

it('leaps for everybody who reads its file', () => {
  const file = join(dir, 'leaps');
  const mine = leapingClock(file, start);
  const yours = leapingClock(file);
  mine.leap(hourMs);
  yours.leap(hourMs);
  for (const clock of [mine, yours, leapingClock(file, instant('2030-01-01T00:00:00.000Z'))]) {
    expect(clock.nowMs() - startMs - 2 * hourMs).toBeGreaterThanOrEqual(0);
    expect(clock.nowMs() - startMs - 2 * hourMs).toBeLessThan(1_000);
  }
});

it('tells of a leap that another made', async () => {
  const file = join(dir, 'told');
  const mine = leapingClock(file, start);
  const heard = vi.fn();
  const stop = leapingClock(file).onLeap(heard);
  mine.leap(1);
  await vi.waitFor(() => {
    expect(heard).toHaveBeenCalledTimes(1);
  });
  stop();
});

it('is not there before somebody began it', () => {
  expect(() => leapingClock(join(dir, 'absent')).now()).toThrow(/ENOENT/);
});
