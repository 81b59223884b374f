/**
 * Watches what processes hold while they live: resident memory and open file
 * descriptors, once a second, from /proc. Flat means that the median of the last quarter
 * of the run is at most one and a half times that of its second quarter; the first is
 * warming up. Of descriptors a few more are no leak: sockets go with every kill and come
 * again with the one who was killed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Supervised } from './supervised.ts';

export interface Held {
  readonly process: string;
  readonly what: 'MB of memory' | 'file descriptors';
  /** Medians of the four quarters of the run. */
  readonly quarters: readonly number[];
  readonly isFlat: boolean;
}

export interface ResourceWatch {
  readonly stop: () => Promise<readonly Held[]>;
}

const looksEveryMs = 1_000;
const flatUpTo = 1.5;
const socketsThatComeAndGo = 32;

interface Sample {
  readonly megabytes: number;
  readonly descriptors: number;
}

export const watchResources = (processes: readonly Supervised[]): ResourceWatch => {
  const samples = new Map<string, Sample[]>(processes.map(({ name }) => [name, []]));
  const stopping = new AbortController();

  const work = async () => {
    while (!stopping.signal.aborted) {
      for (const { name, pid } of processes) {
        const sample = sampleOf(pid());
        if (sample !== undefined) samples.get(name)?.push(sample);
      }
      await pause(looksEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const working = work();

  return {
    stop: async () => {
      stopping.abort();
      await working;
      return [...samples].flatMap(([process, taken]) => [
        held(
          process,
          'MB of memory',
          taken.map(({ megabytes }) => megabytes),
        ),
        held(
          process,
          'file descriptors',
          taken.map(({ descriptors }) => descriptors),
        ),
      ]);
    },
  };
};

const sampleOf = (pid: number | undefined): Sample | undefined => {
  if (pid === undefined) return undefined;
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
    const descriptors = readdirSync(`/proc/${String(pid)}/fd`).length;
    return { megabytes: Math.round(Number(kilobytes) / 1024), descriptors };
  } catch {
    // It ended between two looks.
    return undefined;
  }
};

const held = (process: string, what: Held['what'], taken: readonly number[]): Held => {
  const quarter = Math.ceil(taken.length / 4);
  const quarters = [0, 1, 2, 3].map((n) => median(taken.slice(n * quarter, (n + 1) * quarter)));
  const [, second = 0, , last = 0] = quarters;
  const allowance = what === 'file descriptors' ? socketsThatComeAndGo : 0;
  return { process, what, quarters, isFlat: second > 0 && last <= Math.max(flatUpTo * second, second + allowance) };
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
