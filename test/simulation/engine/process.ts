/**
 * A process of ours: what a Lambda's container is. It works on one thing at a time,
 * keeps its caches between them, and reaches the outside through door calls alone. It
 * may end at any of them: then nothing of it goes on, and what its call did stays done.
 */
import { unreachable } from '#domain/assert.ts';
import type { Door, DoorFault } from './fault-kinds.ts';
import type { DoorCall, Faults } from './faults.ts';
import type { Life, Scheduler } from './scheduler.ts';

export class Died extends Error {
  override readonly name = 'Died';
}

export interface Work {
  readonly deadlineMs: number;
  /** Gives what is being worked on to another process too. */
  readonly deliverAgain: () => void;
}

export interface Process extends Life {
  readonly name: string;
  readonly isIdle: boolean;
  /** What its own clock says. */
  nowMs(): number;
  /** Does the work, or rejects with `Died`. */
  run<Result>(work: Work, begin: () => Promise<Result>): Promise<Result>;
  /** A call through a door; `perform` is told which fault of the door's own strikes it. */
  call<Value>(door: Door, operation: string, perform: (fault: DoorFault | undefined) => Promise<Value>): Promise<Value>;
  /** Waits by the scheduler's time; never returns once the process has died. */
  pause(ms: number): Promise<void>;
}

export interface ProcessParts {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  /** The number of this call in the run. */
  readonly countCall: (call: Omit<DoorCall, 'index'> & { readonly process: string }) => number;
}

const longestFreezeMs = 15 * 60_000;

export const startProcess = (name: string, skewMs: number, { scheduler, faults, countCall }: ProcessParts): Process => {
  let isAlive = true;
  let working: (Work & { readonly died: (error: Died) => void }) | undefined;

  const die = (why: string) => {
    isAlive = false;
    working?.died(new Died(`${name} ${why}`));
    working = undefined;
  };

  const process: Process = {
    name,
    get isAlive() {
      return isAlive;
    },
    get isIdle() {
      return working === undefined;
    },
    nowMs: () => scheduler.now() + skewMs,
    run: (work, begin) =>
      new Promise((resolve, reject) => {
        working = { ...work, died: reject };
        const over = () => {
          if (isAlive) working = undefined;
        };
        begin().then(resolve, reject).finally(over);
      }),
    call: (door, operation, perform) =>
      new Promise((resolve, reject) => {
        const index = countCall({ door, operation, process: name });
        const fault = faults.atCall({ index, door, operation });
        const processFault = fault !== undefined && 'process' in fault ? fault.process : undefined;
        const doorFault = fault !== undefined && 'door' in fault ? fault.door : undefined;
        const deadlineMs = working?.deadlineMs ?? Infinity;
        const frozenMs = processFault === 'freezes' ? 200 + faults.amount('process.freezes', longestFreezeMs) : 0;
        const settle = () => {
          const done = perform(doorFault);
          const heard =
            <Heard>(tell: (heard: Heard) => void) =>
            (what: Heard) => {
              if (isAlive) tell(what);
            };
          done.then(heard(resolve), heard(reject));
        };
        const go = () => {
          if (scheduler.now() >= deadlineMs) {
            die('ran out of time');
            return;
          }
          switch (processFault) {
            case 'dies_before':
              die(`died before ${door} ${operation}`);
              return;
            case 'dies_after':
              settle();
              die(`died after ${door} ${operation}`);
              return;
            case 'redelivered':
              working?.deliverAgain();
              settle();
              return;
            case 'freezes':
            case undefined:
              settle();
              return;
            default:
              unreachable(processFault);
          }
        };
        const atMs = Math.min(scheduler.now() + frozenMs, deadlineMs);
        scheduler.soon(
          `${name} ${door} ${operation}${fault === undefined ? '' : ` (${processFault ?? doorFault ?? ''})`}`,
          go,
          {
            atMs: Math.max(atMs, scheduler.now()),
            life: process,
          },
        );
      }),
    pause: (ms) => scheduler.sleep(ms, process),
  };
  return process;
};
