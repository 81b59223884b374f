/** What a run of the fuzz adds up to: requests by address and kind, answers by class, the slowest, and what failed. */
import type { Lived } from './live.ts';

interface Row {
  sent: number;
  good: number;
  goodTaken: number;
  readonly kinds: Record<string, number>;
  readonly statuses: Record<string, number>;
}

export interface Failure {
  readonly index: number;
  readonly what: string;
}

export interface Tally {
  readonly rows: ReadonlyMap<string, Row>;
  readonly failures: readonly Failure[];
  readonly slowest: readonly { readonly ms: number; readonly index: number; readonly name: string }[];
  sent(): number;
  add(lived: Lived): void;
  fail(failure: Failure): void;
}

const slowestKept = 5;

export const tally = (): Tally => {
  const rows = new Map<string, Row>();
  const failures: Failure[] = [];
  let slowest: Tally['slowest'] = [];
  let sent = 0;

  const rowOf = (name: string): Row => {
    const row = rows.get(name) ?? { sent: 0, good: 0, goodTaken: 0, kinds: {}, statuses: {} };
    rows.set(name, row);
    return row;
  };

  return {
    rows,
    failures,
    get slowest() {
      return slowest;
    },
    sent: () => sent,
    add: ({ index, kind, asked: { target }, answered: { status, ms }, complaints, logged }) => {
      const row = rowOf(target.name);
      const statusClass = `${String(Math.floor(status / 100))}xx`;
      sent += 1;
      row.sent += 1;
      row.kinds[kind] = (row.kinds[kind] ?? 0) + 1;
      row.statuses[statusClass] = (row.statuses[statusClass] ?? 0) + 1;
      if (kind === 'good') {
        row.good += 1;
        if (status < 400) row.goodTaken += 1;
      }
      if (ms > (slowest.at(-1)?.ms ?? 0) || slowest.length < slowestKept)
        slowest = [...slowest, { ms, index, name: `${target.name} ${kind}` }]
          .sort((a, b) => b.ms - a.ms)
          .slice(0, slowestKept);
      if (complaints.length > 0)
        failures.push({ index, what: [`${target.name} ${kind}: ${complaints.join('; ')}`, ...logged].join('\n    ') });
    },
    fail: (failure) => failures.push(failure),
  };
};
