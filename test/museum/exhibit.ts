/**
 * What an exhibit is: a bug that another billing system really had, put back into our
 * source as a patch, and the checks that must catch it. A check is a test by its name,
 * a scenario of the simulator with its seeds, or a rule of the linter.
 */
import { fileURLToPath } from 'node:url';
import type { ScenarioName } from '#test/simulation/outside/scenarios.ts';

export interface Exhibit {
  /** What the exhibit is called by, with its patch; several may show one bug. */
  readonly row: number;
  /** Among the most severe of that table. */
  readonly starred?: true;
  /** The patch, `exhibits/{patch}.patch`, which begins with the row. */
  readonly patch: string;
  /** Where it happened: repository and issue or pull request. */
  readonly where: string;
  /** What the patch does to our code. */
  readonly putBack: string;
  /** What no longer holds with it. */
  readonly breaks: readonly Invariant[];
  /** Each of them must catch it. */
  readonly caughtBy: readonly [Check, ...Check[]];
}

export const patchFileOf = ({ patch }: Pick<Exhibit, 'patch'>): string =>
  fileURLToPath(new URL(`exhibits/${patch}.patch`, import.meta.url));

export type Invariant = `I${number}`;

export type Check = TestCheck | SimulationCheck | LintCheck;

export interface TestCheck {
  readonly by: 'test';
  readonly file: string;
  /** A piece of the full name, the describe blocks' before its own. */
  readonly name: string;
  /** What it is where its file does not say: a run made to end between two commits, or a figure worked out in a file of laws. */
  readonly is?: 'crash point' | 'example';
}

export interface SimulationCheck {
  readonly by: 'simulation';
  readonly scenario: ScenarioName;
  /** Lived one after the other until one breaks an invariant of the exhibit's. */
  readonly seeds: readonly [first: number, last: number];
}

export interface LintCheck {
  readonly by: 'lint';
  readonly file: string;
  readonly rule: string;
}

export type Level = 'example' | 'law' | 'story' | 'contract' | 'crash point' | 'simulation' | 'static check';

export const levelOf = (check: Check): Level => {
  if (check.by === 'simulation') return 'simulation';
  if (check.by === 'lint') return 'static check';
  if (check.is !== undefined) return check.is;
  if (check.file.includes('.laws.')) return 'law';
  if (check.file.includes('.story.')) return 'story';
  return check.file.startsWith('test/contracts/') ? 'contract' : 'example';
};

export const checkText = (check: Check): string => {
  switch (check.by) {
    case 'test':
      return `${check.file}: ${check.name}`;
    case 'simulation':
      return `${check.scenario}, seeds ${check.seeds.join(' to ')}`;
    case 'lint':
      return `eslint ${check.rule}`;
  }
};
