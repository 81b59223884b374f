/**
 * Performs a check in a workshop and says what became of it: it held; it fell, by an
 * assertion or a broken invariant; or it is broken itself, because nothing ran or because
 * what failed was not what it asserts. Only a fall catches a bug.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unreachable } from '#domain/assert.ts';
import type { Check, Invariant, LintCheck, SimulationCheck, TestCheck } from './exhibit.ts';

export type Outcome =
  | { readonly is: 'held' }
  /** `by` is the test's full name, the seed, or the line. */
  | { readonly is: 'fell'; readonly by: string; readonly because: string }
  | { readonly is: 'broken'; readonly because: string };

/** `breaks`: the invariants to look for; any flaw at all where none is named. */
export const performCheck = (check: Check, folder: string, breaks: readonly Invariant[]): Promise<Outcome> => {
  switch (check.by) {
    case 'test':
      return runTest(check, folder);
    case 'simulation':
      return liveSeeds(check, folder, breaks);
    case 'lint':
      return lint(check, folder);
    default:
      return unreachable(check);
  }
};

const patienceMs = 180_000;

const node = (folder: string, args: readonly string[]): Promise<{ readonly stdout: string; readonly said: string }> =>
  new Promise((resolve) => {
    const options = { cwd: folder, timeout: patienceMs, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ stdout, said: `${error?.message.split('\n')[0] ?? ''} ${stderr.slice(-2_000)}`.trim() });
    });
  });

interface TestReport {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const runTest = async ({ file, name }: TestCheck, folder: string): Promise<Outcome> => {
  const reports = mkdtempSync(join(tmpdir(), 'countinghouse-report-'));
  const report = join(reports, 'report.json');
  try {
    // Vitest puts ` > ` between a block's name and a test's where it looks, and a blank where it reports.
    const words = name.split(' ').map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    const { said } = await node(folder, [
      ...['node_modules/vitest/vitest.mjs', 'run', file, '--testNamePattern', words.join('[ >]+')],
      ...['--maxWorkers=1', '--reporter=json', `--outputFile=${report}`],
    ]);
    return judged(readReport(report), name, said);
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
};

const readReport = (report: string): TestReport | undefined => {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as TestReport;
  } catch {
    return undefined;
  }
};

const judged = (report: TestReport | undefined, name: string, said: string): Outcome => {
  const ran = (report?.testResults ?? [])
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ fullName, status }) => fullName.includes(name) && (status === 'passed' || status === 'failed'));
  if (ran.length === 0)
    return { is: 'broken', because: report?.testResults.map(({ message }) => message).join(' ') ?? said };
  const [first] = ran.filter(({ status }) => status === 'failed');
  if (first === undefined) return { is: 'held' };
  const because = first.failureMessages.join('\n');
  return isAssertion(because)
    ? { is: 'fell', by: first.fullName, because }
    : { is: 'broken', because: `failed, but by no assertion: ${because}` };
};

/** What a test expects, what a law found a counterexample to, and what our own code asserts while it runs. */
const isAssertion = (message: string): boolean =>
  /^(?:AssertionError|Bug|Error: (?:Property failed after|promise resolved .* instead of rejecting))/.test(message) &&
  !/\b(?:TypeError|ReferenceError|SyntaxError|ERR_[A-Z_]+)\b/.test(message);

const liveSeeds = async (
  { scenario, seeds }: SimulationCheck,
  folder: string,
  breaks: readonly Invariant[],
): Promise<Outcome> => {
  const { stdout, said } = await node(folder, [
    ...['test/museum/live-seeds.ts', scenario, ...seeds.map(String), breaks.join(',')],
  ]);
  const found = lastLine(stdout) as { seed: number; invariant: string; what: string } | null | undefined;
  if (found === undefined) return { is: 'broken', because: said };
  if (found === null) return { is: 'held' };
  return { is: 'fell', by: `seed ${String(found.seed)}`, because: `${found.invariant}: ${found.what}` };
};

/** Undefined where nothing was printed, or no JSON. */
const lastLine = (text: string): unknown => {
  try {
    return JSON.parse(text.trim().split('\n').at(-1) ?? '');
  } catch {
    return undefined;
  }
};

interface LintReport {
  readonly messages: readonly {
    readonly ruleId: string | null;
    readonly fatal?: boolean;
    readonly line: number;
    readonly message: string;
  }[];
}

const lint = async ({ file, rule }: LintCheck, folder: string): Promise<Outcome> => {
  const { stdout, said } = await node(folder, ['node_modules/eslint/bin/eslint.js', '--format', 'json', file]);
  const reports = lastLine(stdout) as readonly LintReport[] | undefined;
  const [report] = reports ?? [];
  const broken = report?.messages.find(({ fatal }) => fatal === true);
  if (report === undefined || broken !== undefined) return { is: 'broken', because: broken?.message ?? said };
  const found = report.messages.find(({ ruleId }) => ruleId === rule);
  return found === undefined
    ? { is: 'held' }
    : { is: 'fell', by: `line ${String(found.line)}`, because: found.message };
};
