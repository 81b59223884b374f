/**
 * The functions of a deployment, each from its own copy of its code in a folder where
 * nothing else lies: a package that was left out of a bundle is found nowhere. Log lines
 * are taken where the function may write them, as Lambda writes in the function's name.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { present } from '#domain/assert.ts';
import type { World } from '#functions/runtime/world.ts';
import type { Deployed, Deployment } from './deployment.ts';
import { type Endpoints, functionEnvironment } from './function-environment.ts';
import type { Iam } from './iam.ts';
import { type LambdaFunction, lambdaFunction } from './lambda-function.ts';

export interface StackFunctions {
  readonly all: readonly LambdaFunction[];
  /** The function of this logical name. */
  of(id: string): LambdaFunction;
  close(): Promise<void>;
}

export interface StackFunctionParts {
  readonly deployment: Deployment;
  readonly iam: Iam;
  readonly endpoints: Endpoints;
  readonly clock: SharedArrayBuffer;
  readonly log: World['log'];
}

export const stackFunctions = ({ deployment, iam, endpoints, clock, log }: StackFunctionParts): StackFunctions => {
  const root = mkdtempSync(join(tmpdir(), 'countinghouse-functions-'));
  const all = deployment.all('AWS::Lambda::Function').map((each) => {
    const { id, properties } = each;
    const principal = iam.principal(id);
    const group = deployment.by('AWS::Logs::LogGroup', 'Ref', properties.LoggingConfig.LogGroup);
    const mayLog = iam.refused(principal, [
      { action: 'logs:CreateLogStream', resource: streamOf(group), context: {} },
      { action: 'logs:PutLogEvents', resource: streamOf(group), context: {} },
    ]);
    return lambdaFunction({
      id,
      folder: codeOf(deployment, each, root),
      handler: properties.Handler,
      clock,
      env: functionEnvironment(each, principal, endpoints),
      timeoutMs: properties.Timeout * 1000,
      reserved: properties.ReservedConcurrentExecutions,
      onLine: (line) =>
        void mayLog.then((refused) => {
          if (refused === undefined) log({ function: id, ...entryIn(line) });
        }),
    });
  });
  return {
    all,
    of: (id) =>
      present(
        all.find((each) => each.id === id),
        `${id} is a function`,
      ),
    close: async () => {
      await Promise.all(all.map((each) => each.close()));
      rmSync(root, { recursive: true, force: true });
    },
  };
};

const streamOf = ({ attributes }: Deployed<'AWS::Logs::LogGroup'>): string =>
  (attributes['Arn'] ?? '').replace(/\*$/, 'log-stream:local');

const codeOf = ({ code }: Deployment, { id, properties }: Deployed<'AWS::Lambda::Function'>, root: string): string => {
  const folder = code[properties.Code.S3Key];
  if (folder === undefined || !existsSync(folder)) throw new Error(`the assembly has no code for ${id}`);
  const copy = join(root, id);
  cpSync(folder, copy, { recursive: true });
  return copy;
};

/** Our own lines are JSON objects; whatever else a function prints is kept as text. */
const entryIn = (line: string): Parameters<World['log']>[0] => {
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry === 'object' && entry !== null) return entry as Parameters<World['log']>[0];
  } catch {
    // Said by Node or a package, not by us.
  }
  return { line };
};
