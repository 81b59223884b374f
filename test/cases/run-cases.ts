/**
 * `npm run cases -- [--json] <folder or file>…` runs worked billing cases against the domain. Prints a line for each
 * failing case, a table by family, the reasons for what was skipped, and last `N passed, N failed, N skipped`.
 * With --json, stdout is one JSON document and that last line goes to stderr. Exits 1 when a case failed, 2 when it was
 * called wrongly or the cases cannot be read.
 */
import { existsSync } from 'node:fs';
import { readCases } from './case.ts';
import { countsOf, failureLine, familyTable, skipTable, summaryLine } from './report.ts';
import { type Outcome, runCase } from './run-case.ts';

const usage = (problem: string): never => {
  process.stderr.write(`${problem}\nUsage: npm run cases -- [--json] <folder or file>…\n`);
  process.exit(2);
};

const args = process.argv.slice(2);
const json = args.includes('--json');
const paths = args.filter((arg) => arg !== '--json');
const unknown = paths.find((path) => path.startsWith('-'));
if (unknown !== undefined) usage(`Unknown option ${unknown}.`);
if (paths.length === 0) usage('Name a folder or a file of cases.');
const missing = paths.find((path) => !existsSync(path));
if (missing !== undefined) usage(`There is no ${missing}.`);

const readAll = () => {
  try {
    return paths.flatMap(readCases);
  } catch (thrown) {
    return usage(`The cases cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
};

const cases = readAll();
const outcomes: Outcome[] = [];
let saidAt = performance.now();
for (const each of cases) {
  outcomes.push(runCase(each));
  if (performance.now() - saidAt > 2000) {
    saidAt = performance.now();
    process.stderr.write(`${outcomes.length} of ${cases.length} cases\n`);
  }
}

const print = (text: string) => process.stdout.write(`${text}\n`);
if (json) {
  print(JSON.stringify({ ...countsOf(outcomes), outcomes }, null, 2));
  process.stderr.write(`${summaryLine(outcomes)}\n`);
} else {
  for (const outcome of outcomes) if (outcome.result === 'failed') print(failureLine(outcome));
  print(familyTable(outcomes));
  const skips = skipTable(outcomes);
  if (skips !== '') print(skips);
  print(summaryLine(outcomes));
}
process.exitCode = outcomes.some(({ result }) => result === 'failed') ? 1 : 0;
