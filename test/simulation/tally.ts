/** The count of a long run: how many seeds passed, how fast, and how often each kind of fault struck. */
import { faultKinds } from './engine/fault-kinds.ts';
import type { LivedSeed } from './lived-seed.ts';

export interface Tally {
  passed: number;
  failed: number;
  seconds: number;
  turns: number;
  readonly scenarios: Record<string, number>;
  readonly fired: Record<string, number>;
  /** What was lived through in sum, by the seeds that failed too. */
  readonly figures: { invoices: number; charges: number; mails: number; events: number };
}

export const emptyTally = (): Tally => ({
  passed: 0,
  failed: 0,
  seconds: 0,
  turns: 0,
  scenarios: {},
  fired: {},
  figures: { invoices: 0, charges: 0, mails: 0, events: 0 },
});

export const count = (tally: Tally, { seed, turns, fired, figures, failure }: LivedSeed): void => {
  if (failure === undefined) tally.passed += 1;
  else tally.failed += 1;
  tally.turns += turns;
  tally.scenarios[seed.scenario] = (tally.scenarios[seed.scenario] ?? 0) + 1;
  for (const [kind, times] of Object.entries(fired)) tally.fired[kind] = (tally.fired[kind] ?? 0) + times;
  for (const name of Object.keys(tally.figures) as (keyof Tally['figures'])[]) tally.figures[name] += figures[name];
};

export const summary = ({ passed, failed, seconds, turns, scenarios, fired, figures }: Tally): string => {
  const rate = ((passed + failed) / seconds).toLocaleString('en', { maximumFractionDigits: 2 });
  const never = faultKinds.filter((kind) => fired[kind] === undefined);
  return [
    `${String(passed + failed)} seeds in ${String(Math.round(seconds))} s, ${rate} a second, ${String(turns)} turns`,
    ...Object.entries(scenarios).map(row),
    'lived through',
    ...Object.entries(figures).map(row),
    'faults fired',
    ...Object.entries(fired)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(row),
    ...(never.length === 0 ? [] : [`never: ${never.join(', ')}`]),
    '',
  ].join('\n');
};

const row = ([name, times]: readonly [string, number]): string => `  ${name.padEnd(26)} ${String(times)}`;
