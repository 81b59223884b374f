/**
 * Virtual time and the one thread. Whatever is to happen is a turn; of the turns whose
 * time has come the seed picks the next one, and nothing else moves until all that
 * follows from it has come to its own next door call. Where no turn can go, time jumps
 * to the next that will. The same seed gives the same order, which the trace hash shows.
 */
import { createHash } from 'node:crypto';
import { below, type Chance } from './chance.ts';

/** What can end before its turns come; they are then dropped with it. */
export interface Life {
  readonly isAlive: boolean;
}

interface Turn {
  readonly atMs: number;
  readonly label: string;
  readonly life: Life | undefined;
  readonly go: () => void;
}

export interface Scheduler {
  now(): number;
  /** Puts a turn in line. */
  soon(label: string, go: () => void, options?: { readonly atMs?: number; readonly life?: Life }): void;
  sleep(ms: number, life?: Life): Promise<void>;
  /** Takes turns until there is none up to that time, and stops the clock there; false where `mostTurns` were not enough. */
  runUntil(ms: number, mostTurns: number): Promise<boolean>;
  /** Time passes in which nobody was awake. */
  leap(ms: number): void;
  turns(): number;
  waiting(): number;
  traceHash(): string;
}

/** Characters; the hash costs by the call. */
const traceBuffer = 65_536;

export const scheduler = (startMs: number, random: Chance, watch?: (line: string) => void): Scheduler => {
  const trace = createHash('sha256');
  let nowMs = startMs;
  let taken = 0;
  let line: Turn[] = [];
  let traced = '';
  const flushTrace = () => {
    trace.update(traced);
    traced = '';
  };

  const take = (turn: Turn) => {
    line.splice(line.indexOf(turn), 1);
    taken += 1;
    const said = `${String(nowMs)} ${turn.label}`;
    traced += `${said}\n`;
    if (traced.length > traceBuffer) flushTrace();
    watch?.(said);
    turn.go();
  };

  return {
    now: () => nowMs,
    soon: (label, go, { atMs = nowMs, life } = {}) => {
      line.push({ atMs, label, life, go });
    },
    sleep: (ms, life) =>
      new Promise((resolve) => {
        line.push({ atMs: nowMs + Math.ceil(ms), label: 'wakes', life, go: resolve });
      }),
    runUntil: async (ms, mostTurns) => {
      const last = taken + mostTurns;
      for (;;) {
        // What follows from a turn without a door call is microtasks alone: after one macrotask it is all done.
        await new Promise((resolve) => setImmediate(resolve));
        line = line.filter(({ life }) => life?.isAlive !== false);
        const ready = line.filter(({ atMs }) => atMs <= nowMs);
        if (ready.length > 0) {
          if (taken === last) return false;
          take(ready[below(random, ready.length)] as Turn);
          continue;
        }
        const next = line.reduce((least, { atMs }) => Math.min(least, atMs), Infinity);
        if (next > ms) {
          nowMs = Math.max(nowMs, ms);
          return true;
        }
        nowMs = next;
      }
    },
    leap: (ms) => {
      nowMs += ms;
    },
    turns: () => taken,
    waiting: () => line.filter(({ life }) => life?.isAlive !== false).length,
    traceHash: () => {
      flushTrace();
      return trace.copy().digest('hex').slice(0, 16);
    },
  };
};
