/**
 * One process of ours under supervision: whenever it ends it is started again at once,
 * with the same arguments and so on the same port and data. It is killed through its own
 * handle, never by a name. One that ends without having been told to is remembered.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export interface ProcessPlan {
  readonly name: string;
  /** What Node is given: the file to run and its arguments, flags of Node's own before it. */
  readonly run: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What it says goes here. */
  readonly logFile: string;
}

export interface Supervised {
  readonly name: string;
  /** Undefined between two lives. */
  readonly pid: () => number | undefined;
  /** Resolves once it has said that it is ready. */
  readonly up: () => Promise<void>;
  /** SIGKILL; false where there is nobody to kill. */
  readonly kill: () => boolean;
  /** Once it ends it stays away until it is let start again. */
  readonly hold: () => void;
  readonly letStart: () => void;
  /** Ends it for good. */
  readonly stop: () => Promise<void>;
  /** How it ended, each time that nobody had ended it. */
  readonly endedByItself: readonly string[];
}

/** A process that cannot start is started again no faster than this. */
const breathMs = 100;
/** Until one that was asked to end is made to. */
const patienceMs = 10_000;

export const supervised = ({ name, run, env = {}, logFile }: ProcessPlan): Supervised => {
  const log = createWriteStream(logFile, { flags: 'a' });
  const endedByItself: string[] = [];
  let child: ChildProcess | undefined;
  let ready = Promise.withResolvers<undefined>();
  let isHeld = false;
  let isStopped = false;
  let isEnding = false;
  let gone: Promise<unknown> = Promise.resolve();

  const start = () => {
    isEnding = false;
    const born = spawn(process.execPath, [...run], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = born;
    born.stdout.on('data', (chunk: Buffer) => {
      log.write(chunk);
      // The first thing any of our processes prints is that it is ready.
      ready.resolve(undefined);
    });
    born.stderr.on('data', (chunk: Buffer) => log.write(chunk));
    gone = new Promise((resolve) => born.once('exit', resolve));
    born.once('exit', (code, signal) => void ended(code, signal));
  };

  const ended = async (code: number | null, signal: string | null) => {
    child = undefined;
    ready.resolve(undefined);
    ready = Promise.withResolvers();
    if (!isEnding) {
      endedByItself.push(`${name} ended by itself with ${signal ?? String(code)}`);
      await pause(breathMs);
    }
    startUnlessAway();
  };

  const startUnlessAway = () => {
    if (!isHeld && !isStopped && child === undefined) start();
  };

  const end = (signal: 'SIGKILL' | 'SIGTERM'): boolean => {
    if (child === undefined) return false;
    isEnding = true;
    return child.kill(signal);
  };

  // Nobody of ours outlives who looks after them.
  process.once('exit', () => child?.kill('SIGKILL'));
  start();
  return {
    name,
    pid: () => child?.pid,
    up: async () => {
      // A life that ended before it was ready is followed by another.
      for (let life: unknown; life !== ready.promise;) await (life = ready.promise);
    },
    kill: () => child?.killed === false && end('SIGKILL'),
    hold: () => {
      isHeld = true;
    },
    letStart: () => {
      isHeld = false;
      startUnlessAway();
    },
    stop: async () => {
      isStopped = true;
      if (end('SIGTERM')) {
        const kill = setTimeout(() => end('SIGKILL'), patienceMs);
        await gone;
        clearTimeout(kill);
      }
      log.end();
    },
    endedByItself,
  };
};
