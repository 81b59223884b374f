/**
 * What the scorecard rests on: commands that anybody can run again, each at two sizes.
 * Several lines of the card may read one command's figures, and it runs once for all.
 */
import type { Tally } from '../simulation/tally.ts';
import type { Soaked } from '../soak/soaked.ts';

export type Size = 'short' | 'long';

interface CrashPointsTold {
  readonly every: number;
  readonly points: number;
  readonly failures: readonly string[];
}
interface FuzzTold {
  readonly rows: Readonly<Record<string, unknown>>;
  readonly sent: number;
  readonly failures: readonly unknown[];
}
interface MuseumTold {
  readonly passed: number;
  readonly failed: number;
  readonly findings: readonly { readonly exhibit: { readonly starred: boolean }; readonly caught: boolean }[];
  readonly notYet: readonly unknown[];
}
/** Of vitest's own report. */
interface TestsTold {
  readonly numPassedTests: number;
  readonly numTotalTests: number;
}

export interface Told {
  readonly sim: Tally;
  readonly crashPoints: CrashPointsTold;
  readonly museum: MuseumTold;
  readonly soak: Soaked;
  readonly fuzz: FuzzTold;
  readonly webhooks: TestsTold;
  readonly template: TestsTold;
  readonly restore: TestsTold;
}
export type EvidenceName = keyof Told;

const npm = (script: string, ...rest: readonly string[]) => ['npm', 'run', '--silent', script, '--', ...rest, '--json'];
/** Its report goes to a file, which is named when it runs. */
const tests = (...files: readonly string[]) => ['node_modules/.bin/vitest', 'run', ...files, '--reporter=json'];

const sized = (short: readonly string[], long: readonly string[]) => ({ short, long });
const anySize = (command: readonly string[]) => sized(command, command);

export const evidence: Readonly<Record<EvidenceName, Readonly<Record<Size, readonly string[]>>>> = {
  sim: sized(npm('sim', '--seeds', '140'), npm('sim', '--seeds', '2000')),
  crashPoints: sized(npm('sim', '--crash-points', '--every', '100'), npm('sim', '--crash-points')),
  museum: anySize(npm('museum')),
  soak: sized(npm('soak', '--minutes', '2'), npm('soak', '--minutes', '10', '--kills', '60')),
  fuzz: sized(npm('fuzz', '--bodies', '5000'), npm('fuzz', '--bodies', '250000')),
  webhooks: anySize(tests('functions/settle-payment')),
  template: anySize(tests('test/template', 'test/infra')),
  restore: anySize(tests('test/simulation/restore')),
};

/** As one types it. */
export const commandText = (command: readonly string[]): string =>
  command
    .filter((word) => word !== '--silent' && word !== '--json' && word !== '--reporter=json')
    .join(' ')
    .replace('node_modules/.bin/', 'npx ')
    .replace(/ --$/, '');
