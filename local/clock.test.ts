/** The clock that can be moved: it goes on as time does, stands where it is put, and is found again where it was. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { instant } from '#domain/time/instant.ts';
import { movableClock } from './clock.ts';

const dir = mkdtempSync(join(tmpdir(), 'countinghouse-clock-'));
afterAll(() => rmSync(dir, { recursive: true }));
const file = (name: string): string => join(dir, name);
const start = instant('2026-01-01T00:00:00.000Z');
const startMs = Date.parse(start);

it('begins where it is told, at the first start only', () => {
  expect(movableClock(file('a'), start).nowMs() - startMs).toBeLessThan(1_000);
  const again = movableClock(file('a'), instant('2030-01-01T00:00:00.000Z'));
  expect(again.nowMs() - startMs).toBeLessThan(1_000);
});

it('stands where it is put until released, and goes on from there', () => {
  const clock = movableClock(file('b'), start);
  clock.standAt(startMs + 5_000);
  expect([clock.nowMs(), clock.now()]).toEqual([startMs + 5_000, '2026-01-01T00:00:05.000Z']);
  clock.release();
  expect(clock.nowMs()).toBeGreaterThanOrEqual(startMs + 5_000);
});

it('is found where it was last kept', () => {
  const clock = movableClock(file('c'), start);
  clock.standAt(startMs + 86_400_000);
  clock.keep();
  expect(movableClock(file('c')).nowMs() - startMs - 86_400_000).toBeLessThan(1_000);
});
