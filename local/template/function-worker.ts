/**
 * The inside of a function's thread, which stands for Lambda's runtime: sets the clock,
 * loads the bundle's handler and hands it events one after the other, as JSON in and
 * JSON out. What the handler throws is an answer; what it throws outside of an
 * invocation ends the thread.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { readClock } from './shared-clock.ts';
import type { FunctionAnswer, FunctionCall, FunctionStart } from './function-thread.ts';
import { virtualDate } from './virtual-date.ts';

type Handler = (event: unknown, context: object) => unknown;

const { folder, handler: named, clock } = workerData as FunctionStart;
const machineNow = Date.now;
virtualDate(readClock(clock, machineNow));

const load = async (): Promise<Handler> => {
  const dot = named.lastIndexOf('.');
  const file = ['.js', '.mjs', '.cjs'].map((end) => join(folder, named.slice(0, dot) + end)).find(existsSync);
  if (file === undefined) throw new Error(`there is no module ${named.slice(0, dot)} in the bundle`);
  const handler = ((await import(pathToFileURL(file).href)) as Record<string, unknown>)[named.slice(dot + 1)];
  if (typeof handler !== 'function') throw new Error(`${named} is undefined or not exported`);
  return handler as Handler;
};

const said = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
const tell = (answer: FunctionAnswer): void => parentPort?.postMessage(answer);

const serve = (handler: Handler): void => {
  parentPort?.on('message', ({ event, requestId, deadlineMs }: FunctionCall) => {
    const context = { awsRequestId: requestId, getRemainingTimeInMillis: () => deadlineMs - machineNow() };
    Promise.resolve()
      .then(() => handler(JSON.parse(event), context))
      .then((result) => tell({ result: JSON.stringify(result ?? null) }))
      .catch((error: unknown) => tell({ failed: said(error) }));
  });
  tell({ ready: true });
};

await load().then(serve, (error: unknown) => tell({ cannotStart: said(error) }));
