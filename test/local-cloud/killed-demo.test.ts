/** The demo killed with SIGKILL twice, once among its usage and once among its nights, and begun again on its folder: nothing is lost or doubled. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const demo = (dataDir: string): ChildProcess =>
  spawn(process.execPath, ['local/demo/demo.ts', '--json'], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Kills the demo a moment after it says this. */
const killedAfter = async (dataDir: string, said: string): Promise<void> => {
  const child = demo(dataDir);
  let text = '';
  await new Promise<void>((resolve) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes(said)) setTimeout(() => child.kill('SIGKILL'), 150);
    });
    child.once('exit', () => resolve());
  });
  expect(text).toContain(said);
};

const finished = async (
  dataDir: string,
): Promise<{ readonly code: number | null; readonly report: Record<string, unknown> }> => {
  const child = demo(dataDir);
  let out = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, report: JSON.parse(out) as Record<string, unknown> };
};

it('goes on where it was and ends as if nothing had happened', { timeout: 180_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'countinghouse-killed-'));
  try {
    await killedAfter(dataDir, '2026-01-15T00:30');
    await killedAfter(dataDir, '2026-02-01T06:00');
    const { code, report } = await finished(dataDir);
    expect(report).toMatchObject({
      violations: [],
      usage: { accepted: 13_179, rated: 13_174, quarantined: 5 },
      payments: { succeeded: 3, failed: 1, unknown: 0 },
      mails: 4,
    });
    expect(code).toBe(0);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
