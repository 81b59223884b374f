/**
 * `npm run museum [-- --only ROW] [--json]`: puts bugs that other billing systems had
 * back into a copy of the source, one at a time, and says what caught each. Progress
 * goes to standard error. Leaves 0 where all were caught, 1 where one was not, 2 where
 * it was asked for something it does not have.
 */
import { parseArgs } from 'node:util';
import { askCompiler } from './ask-compiler.ts';
import { checkText } from './exhibit.ts';
import { examine, type Finding } from './examine.ts';
import { exhibits } from './exhibits.ts';
import { notYet } from './not-yet.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

const tree = process.cwd();
const atOnce = 2;

const options = {
  only: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options });
  const { only } = values;
  const wanted = exhibits.filter(({ row, patch }) => only === undefined || String(row) === only || patch === only);
  if (wanted.length === 0) {
    process.stderr.write(`There is no exhibit ${String(only)}.\n`);
    return 2;
  }
  const began = performance.now();
  const findings = await examineAll(wanted);
  const failed = findings.filter(({ caught }) => !caught).length;
  const seconds = Math.round((performance.now() - began) / 1000);
  const passed = findings.length - failed;
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ passed, failed, seconds, findings, notYet })}\n`
      : `${[...findings.map(rowText), ...(only === undefined ? notYet.map(notYetText) : [])].join('\n\n')}\n\n` +
          `${String(passed)} passed, ${String(failed)} failed\n`,
  );
  return failed === 0 ? 0 : 1;
};

/** In the order of the table, however they were examined. */
const examineAll = async (wanted: typeof exhibits): Promise<readonly Finding[]> => {
  const refused = await askCompiler(wanted, tree);
  const workshops = Array.from({ length: Math.min(atOnce, wanted.length) }, () => openWorkshop(tree));
  try {
    const clean = new Map();
    const findings = new Map<number, Finding>();
    const waiting = [...wanted.entries()];
    const work = async (workshop: Workshop) => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [place, exhibit] = next;
        const errors = refused.get(exhibit.patch);
        const finding: Finding =
          errors === undefined
            ? await examine(exhibit, workshop, clean)
            : { exhibit, caught: false, checks: [], broken: `the compiler refuses it: ${errors.join(' ')}` };
        findings.set(place, finding);
        const how = finding.caught ? 'caught' : 'NOT CAUGHT';
        process.stderr.write(`${String(findings.size)}/${String(wanted.length)} ${exhibit.patch}: ${how}\n`);
      }
    };
    await Promise.all(workshops.map(work));
    return [...findings].sort(([a], [b]) => a - b).map(([, finding]) => finding);
  } finally {
    for (const workshop of workshops) workshop.close();
  }
};

const rowText = ({ exhibit, checks, broken }: Finding): string => {
  const { row, starred, where, putBack, breaks } = exhibit;
  return [
    `${String(row)}${starred ? '★' : ''} ${where} (${breaks.join(' ')})`,
    `   ${putBack}`,
    ...(broken === undefined ? [] : [`   NOT EXAMINED: ${broken}`]),
    ...checks.map(({ check, caught, by, because, level, seconds }) =>
      caught
        ? `   caught by ${check.by === 'simulation' ? `${check.scenario} ` : ''}${by} (${level}, ${seconds.toFixed(1)} s)`
        : `   NOT CAUGHT by ${checkText(check)}: ${because}`,
    ),
  ].join('\n');
};

const notYetText = ({ row, where, bug, because }: (typeof notYet)[number]): string =>
  `${String(row)}★ ${where}\n   ${bug}\n   not yet: ${because}`;

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 2;
});
