/** What a run of the cases prints, as text. */
import type { Outcome } from './run-case.ts';

type Failed = Extract<Outcome, { result: 'failed' }>;

/** One line a case: its id and each place where it differs. */
export const failureLine = ({ id, differences }: Failed): string =>
  `FAILED ${id}: ${differences
    .map(({ at, expected, got }) => `${at === '' ? '' : `${at} `}expected ${shown(expected)}, got ${shown(got)}`)
    .join('; ')}`;

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

export const familyTable = (outcomes: readonly Outcome[]): string => {
  const families = [...new Set(outcomes.map(({ family }) => family))].sort();
  const rows = families.map((family) => {
    const { passed, failed, skipped } = countsOf(outcomes.filter((outcome) => outcome.family === family));
    return [family, ...[passed, failed, skipped].map(String)];
  });
  return aligned([['family', 'passed', 'failed', 'skipped'], ...rows]);
};

/** Each reason with how many cases it holds back, the most first. */
export const skipTable = (outcomes: readonly Outcome[]): string => {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    if (outcome.result !== 'skipped') continue;
    const row = `${outcome.family}: ${outcome.reason}`;
    counts.set(row, (counts.get(row) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([row, held]) => `skipped ${held} ${row}`)
    .join('\n');
};

export const countsOf = (outcomes: readonly Outcome[]): Record<Outcome['result'], number> => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { result } of outcomes) counts[result] += 1;
  return counts;
};

export const summaryLine = (outcomes: readonly Outcome[]): string => {
  const { passed, failed, skipped } = countsOf(outcomes);
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
};

const aligned = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
    .join('\n');
};
