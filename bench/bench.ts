/**
 * `npm run bench`: one table of what is measured so far, against its targets, and the
 * same as JSON with `--json`. Speeds are ratios within one run, costs are counts times
 * the price file named below the table. A missed target is printed and is no failure:
 * a benchmark is never a timed test.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchCost } from './cost.ts';
import { benchIngest } from './ingest.ts';
import { benchMerge } from './merge.ts';
import type { Row } from './rounds.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

const measured = async (name: string, bench: () => Promise<Row[]>): Promise<Row[]> => {
  console.error(`measuring ${name} …`);
  return bench();
};

const figure = (value: number): string =>
  value >= 1_000 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(value < 1 ? 3 : 4);

const lineOf = ({ metric, value, unit, ratio, target, met }: Row): string =>
  [
    metric.padEnd(52),
    `${figure(value)} ${unit}`.padStart(28),
    (ratio === undefined ? '' : `${ratio.toFixed(1)}×`).padStart(8),
    `  ${target}${met ? '' : '   MISSED'}`,
  ].join('');

const rows = [
  ...(await measured('ingest', benchIngest)),
  ...(await measured('cost', benchCost)),
  ...(await measured('merge', benchMerge)),
];
const prices = JSON.parse(readFileSync(new URL('prices.json', import.meta.url), 'utf8')) as {
  region: string;
  note: string;
};
if (values.json) console.log(JSON.stringify({ rows, prices: { file: 'bench/prices.json', ...prices } }));
else {
  console.log([...rows.map(lineOf), '', `Prices: bench/prices.json (${prices.region}). ${prices.note}`].join('\n'));
}
