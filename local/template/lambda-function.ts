/**
 * A function of a deployment, run from the code its template names with the environment
 * its template gives. It has two instances at most, for each is a thread and a small
 * machine is slower with more; an invocation waits for one. What was executed is counted
 * by what brought it.
 */
import { type FunctionThread, functionThread, type ThreadOptions } from './function-thread.ts';

export interface LambdaFunction {
  /** The logical name. */
  readonly id: string;
  /** `occasion` is what brought the event: a route, or a queue. Throws where the invocation failed. */
  invoke(event: unknown, occasion: string): Promise<unknown>;
  /** How often each occasion brought an event that was answered. */
  executed(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

export interface FunctionOptions extends ThreadOptions {
  readonly id: string;
  readonly reserved: number | undefined;
}

const mostInstances = 2;
/** Lambda's limit of an event and of an answer. */
const mostBytes = 6 * 1024 * 1024;

export const lambdaFunction = ({ id, reserved = mostInstances, ...options }: FunctionOptions): LambdaFunction => {
  const idle: FunctionThread[] = [];
  const waiting: ((thread: FunctionThread) => void)[] = [];
  const threads = new Set<FunctionThread>();
  const executed = new Map<string, number>();

  const started = (): FunctionThread => {
    const thread = functionThread(options);
    threads.add(thread);
    return thread;
  };
  const taken = async (): Promise<FunctionThread> => {
    for (let free = idle.pop(); free !== undefined; free = idle.pop()) {
      if (free.isAlive()) return free;
      threads.delete(free);
    }
    if (threads.size < Math.min(mostInstances, reserved)) return started();
    if (reserved === 0) throw new Error(`TooManyRequestsException: ${id} may not run at all`);
    return new Promise((resolve) => waiting.push(resolve));
  };
  const givenBack = (thread: FunctionThread): void => {
    if (!thread.isAlive()) threads.delete(thread);
    const next = waiting.shift();
    if (next !== undefined) next(thread.isAlive() ? thread : started());
    else if (thread.isAlive()) idle.push(thread);
  };

  return {
    id,
    invoke: async (event, occasion) => {
      const text = withinLimit(JSON.stringify(event), 'RequestEntityTooLarge');
      const thread = await taken();
      try {
        const answer = JSON.parse(withinLimit(await thread.invoke(text), 'Function.ResponseSizeTooLarge')) as unknown;
        executed.set(occasion, (executed.get(occasion) ?? 0) + 1);
        return answer;
      } finally {
        givenBack(thread);
      }
    },
    executed: () => Object.fromEntries(executed),
    close: async () => {
      await Promise.all([...threads].map((thread) => thread.end()));
    },
  };
};

const withinLimit = (text: string, otherwise: string): string => {
  if (Buffer.byteLength(text) > mostBytes) throw new Error(`${otherwise}: at most ${String(mostBytes)} bytes`);
  return text;
};
