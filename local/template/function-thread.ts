/**
 * One instance of a function: a thread with the function's own environment and nothing
 * else of this process's. It serves one invocation at a time; one that takes longer than
 * the function's timeout ends the thread, and so does a crash.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';

/** What the thread is given at its start. */
export interface FunctionStart {
  readonly folder: string;
  readonly handler: string;
  readonly clock: SharedArrayBuffer;
}

export interface FunctionCall {
  readonly event: string;
  readonly requestId: string;
  /** Of the machine's own time. */
  readonly deadlineMs: number;
}

export type FunctionAnswer =
  | { readonly ready: true }
  | { readonly cannotStart: string }
  | { readonly result: string }
  | { readonly failed: string };

export interface FunctionThread {
  /** JSON in, JSON out. Throws what Lambda would say of a failed invocation. */
  invoke(event: string): Promise<string>;
  isAlive(): boolean;
  end(): Promise<void>;
}

export interface ThreadOptions extends FunctionStart {
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Each line it prints; what it prints in the moment it dies may be lost. */
  readonly onLine: (line: string) => void;
}

export const functionThread = ({ env, timeoutMs, onLine, ...start }: ThreadOptions): FunctionThread => {
  const worker = new Worker(join(import.meta.dirname, 'function-worker.ts'), {
    workerData: start satisfies FunctionStart,
    env: { ...env },
    // None of this process's own flags: what Lambda starts has none.
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  for (const input of [worker.stdout, worker.stderr]) createInterface({ input }).on('line', onLine);

  let alive = true;
  const isAlive = () => alive;
  let answered: PromiseWithResolvers<FunctionAnswer> = Promise.withResolvers();
  const ends = (why: string) => {
    alive = false;
    answered.resolve({ failed: why });
  };
  worker.on('message', (answer: FunctionAnswer) => answered.resolve(answer));
  worker.on('error', (error) => ends(`Runtime.ExitError: ${String(error)}`));
  worker.on('exit', (code) => ends(`Runtime.ExitError: the function exited with ${String(code)}`));
  const started = answered.promise;

  const end = async () => {
    ends('Runtime.ExitError: the function was ended');
    await worker.terminate();
  };

  return {
    invoke: async (event) => {
      const start = await started;
      if (!('ready' in start)) {
        await end();
        throw new Error(
          'cannotStart' in start ? `Runtime.ImportModuleError: ${start.cannotStart}` : 'the function died',
        );
      }
      if (!isAlive()) throw new Error('Runtime.ExitError: the function had ended');
      answered = Promise.withResolvers();
      worker.postMessage({ event, requestId: randomUUID(), deadlineMs: Date.now() + timeoutMs } satisfies FunctionCall);
      const timer = setTimeout(
        () => ends(`Sandbox.Timedout: Task timed out after ${String(timeoutMs / 1000)} seconds`),
        timeoutMs,
      );
      const answer = await answered.promise;
      clearTimeout(timer);
      if (!isAlive()) await end();
      if ('result' in answer) return answer.result;
      throw new Error('failed' in answer ? answer.failed : 'the function answered nothing');
    },
    isAlive,
    end,
  };
};
