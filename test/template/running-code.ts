/** Functions of a few lines, run as a deployment runs its own: for what a real handler never does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { movableClock } from '#local/clock.ts';
import { type FunctionOptions, type LambdaFunction, lambdaFunction } from '#local/template/lambda-function.ts';
import { type SharedClock, sharedClock } from '#local/template/shared-clock.ts';

export interface RunningCode {
  readonly target: LambdaFunction;
  readonly clock: SharedClock;
  readonly lines: readonly string[];
  close(): Promise<void>;
}

export const runningCode = (code: string, options: Partial<FunctionOptions> = {}): RunningCode => {
  const folder = mkdtempSync(join(tmpdir(), 'countinghouse-code-'));
  writeFileSync(join(folder, 'index.mjs'), code);
  const clock = sharedClock(movableClock(join(folder, 'clock.json')));
  const lines: string[] = [];
  const target = lambdaFunction({
    id: 'small',
    folder,
    handler: 'index.handler',
    clock: clock.buffer,
    env: { GIVEN: 'by the template' },
    timeoutMs: 20_000,
    reserved: undefined,
    onLine: (line) => void lines.push(line),
    ...options,
  });
  return {
    target,
    clock,
    lines,
    close: async () => {
      await target.close();
      rmSync(folder, { recursive: true });
    },
  };
};
