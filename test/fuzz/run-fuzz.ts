/**
 * `npm run fuzz -- --bodies N [--seed S] [--months-every N] [--json]`: sends N requests
 * drawn from the seed and says what broke; `--only INDEX` lives the life of one request
 * up to it and shows it whole, with its answer. What an audit or a month after a life finds
 * is of no one request: it is found again by a run of as many. Progress goes to standard
 * error. Leaves 0 where all passed, 1 where one failed, 2 where it was asked for something
 * it does not know.
 */
import { parseArgs } from 'node:util';
import { type Fuzzed, fuzz } from './fuzz.ts';
import { type Lived, live, requestsALife } from './live.ts';

const options = {
  bodies: { type: 'string', default: '5000' },
  seed: { type: 'string', default: '1' },
  only: { type: 'string' },
  'months-every': { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
} as const;

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options });
  const [bodies, seed, monthEvery] = [Number(values.bodies), Number(values.seed), Number(values['months-every'])];
  const only = values.only === undefined ? undefined : Number(values.only);
  if (![bodies, monthEvery].every((count) => Number.isInteger(count) && count > 0) || !Number.isInteger(seed))
    return misused('--bodies, --seed and --months-every are whole numbers');
  if (only !== undefined) {
    if (!Number.isInteger(only) || only < 0) return misused('--only is the index of a request, from 0');
    return show(seed, only);
  }
  const began = performance.now();
  const progress = (sent: number, failed: number) =>
    process.stderr.write(`${String(sent)}/${String(bodies)} requests, ${String(failed)} failed\n`);
  const fuzzed = await fuzz({ seed, bodies, monthEvery, progress });
  const seconds = (performance.now() - began) / 1_000;
  const failed = new Set(fuzzed.failures.map(({ index }) => index)).size;
  if (values.json) process.stdout.write(`${JSON.stringify(asJson(fuzzed, seed, seconds))}\n`);
  else {
    process.stdout.write(summary(fuzzed, seconds));
    for (const { index, what } of fuzzed.failures)
      process.stdout.write(`${what}\n  npm run fuzz -- --seed ${String(seed)} --only ${String(index)}\n`);
    process.stdout.write(`${String(fuzzed.sent() - failed)} passed, ${String(failed)} failed\n`);
  }
  return failed === 0 ? 0 : 1;
};

const show = async (seed: number, only: number): Promise<number> => {
  const from = only - (only % requestsALife);
  let shown: Lived | undefined;
  const keep = (lived: Lived) => {
    if (lived.index === only) shown = lived;
  };
  await live({ seed, from, to: only + 1 }, keep, () => Promise.resolve());
  if (shown === undefined) return misused(`there is no request ${String(only)}`);
  const { kind, asked, answered, complaints, logged } = shown;
  const { target, method, path, query, headers, body, carried, expected } = asked;
  const sent = [
    `${target.name}, ${kind}, ${carried}, expected to be ${expected}`,
    `${method} ${path} ${JSON.stringify(query)}`,
    JSON.stringify({ ...headers, ...(headers['authorization'] === undefined ? {} : { authorization: '…' }) }),
    Buffer.from(body ?? []).toString('utf8'),
  ];
  const came = [`${String(answered.status)} ${JSON.stringify(answered.headers)}`, answered.text];
  const wrong = complaints.length === 0 ? ['nothing is wrong with it'] : [...complaints, ...logged];
  process.stdout.write(`${[...sent, '', ...came, '', ...wrong].join('\n')}\n`);
  return complaints.length === 0 ? 0 : 1;
};

const summary = ({ rows, slowest, months }: Fuzzed, seconds: number): string =>
  [
    `${'address'.padEnd(34)} sent  good taken  answers`,
    ...[...rows].map(([name, { sent, good, goodTaken, statuses, kinds }]) =>
      [
        name.padEnd(34),
        String(sent).padStart(5),
        String(good).padStart(5),
        String(goodTaken).padStart(5),
        ` ${counts(statuses)}\n${' '.repeat(36)}${counts(kinds)}`,
      ].join(' '),
    ),
    `slowest: ${slowest.map(({ ms, name, index }) => `${ms.toFixed(0)} ms ${name} (${String(index)})`).join(', ')}`,
    `months lived on: ${String(months.length)}, ${String(sumOf(months.map(({ invoices }) => invoices)))} invoices, ${String(sumOf(months.map(({ parked }) => parked.length)))} periods parked`,
    `${seconds.toFixed(0)} s`,
    '',
  ].join('\n');

const counts = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .map(([name, count]) => `${name} ${String(count)}`)
    .join('  ');

const sumOf = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0);

const asJson = ({ rows, slowest, months, failures, sent }: Fuzzed, seed: number, seconds: number) => ({
  seed,
  sent: sent(),
  seconds,
  rows: Object.fromEntries(rows),
  slowest,
  months: months.map(({ invoices, parked }) => ({ invoices, parked: parked.length })),
  failures,
});

const misused = (why: string): number => {
  process.stderr.write(`${why}\n`);
  return 2;
};

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 2;
});
