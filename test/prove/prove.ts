/**
 * `npm run prove [-- --size short|long] [--only NAME] [--keep] [--json]`: runs what the
 * scorecard rests on, one command after the other, and prints what this commit reached;
 * with `--keep` it writes SCORECARD.md too. Progress goes to standard error. Leaves 0
 * where every command that ran passed its own checks, 1 where one did not, 2 where it
 * was asked for something it does not know. A target not reached is not a failure.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { evidence, type EvidenceName, commandText, type Size, type Told } from './evidence.ts';
import { measures } from './measures.ts';
import { runEvidence } from './run-evidence.ts';
import { cardMarkdown, cardText, type Line } from './scorecard.ts';

const options = {
  size: { type: 'string', default: 'short' },
  only: { type: 'string' },
  keep: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options });
  const size = values.size as Size;
  const names = (Object.keys(evidence) as EvidenceName[]).filter((name) => (values.only ?? name) === name);
  if (!['short', 'long'].includes(size) || names.length === 0) {
    process.stderr.write(`--size is short or long, --only one of ${Object.keys(evidence).join(', ')}\n`);
    return 2;
  }
  if (values.keep && values.only !== undefined) {
    process.stderr.write('--keep writes the whole card; it does not go with --only\n');
    return 2;
  }
  const told: Partial<Told> = {};
  let haveAllPassed = true;
  for (const [i, name] of names.entries()) {
    process.stderr.write(`${String(i + 1)}/${String(names.length)} ${commandText(evidence[name][size])}\n`);
    const ran = await runEvidence(name, size);
    if (ran.told !== undefined) Object.assign(told, { [name]: ran.told });
    haveAllPassed &&= ran.hasPassed && ran.told !== undefined;
  }
  const lines = measures
    .filter((measure) => names.includes(measure.evidence))
    .map((measure): Line => ({
      measure,
      reached: told[measure.evidence] === undefined ? undefined : measure.read(told as Told),
    }));
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ commit: commit(), size, lines: lines.map(({ measure: { name, target }, reached }) => ({ name, target, reached })) })}\n`
      : `${cardText(lines, size, values.only === undefined)}\n`,
  );
  if (values.keep) writeFileSync('SCORECARD.md', cardMarkdown(lines, size, commit(), today()));
  return haveAllPassed ? 0 : 1;
};

const commit = (): string => execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const today = (): string => new Date().toISOString().slice(0, 10);

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 2;
});
